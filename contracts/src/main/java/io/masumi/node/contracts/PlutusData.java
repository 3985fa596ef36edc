package io.masumi.node.contracts;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import scala.jdk.javaapi.CollectionConverters;
import scala.math.BigInt;
import scalus.builtin.ByteString;
import scalus.builtin.Data;

/** Our values as the ledger encodes them for scripts. */
final class PlutusData {

    private PlutusData() {}

    static Data constr(long tag, Data... fields) {
        return constr(tag, List.of(fields));
    }

    static Data constr(long tag, List<Data> fields) {
        return Data.Constr.apply(tag, scalaList(fields));
    }

    static Data list(List<Data> elements) {
        return Data.List.apply(scalaList(elements));
    }

    static Data integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    static Data integer(BigInteger value) {
        return Data.I.apply(BigInt.apply(value));
    }

    static Data bytes(String hex) {
        return bytes(Hex.bytes(hex));
    }

    static Data bytes(byte[] bytes) {
        return Data.B.apply(ByteString.fromArray(bytes));
    }

    static Data credential(Credential credential) {
        return switch (credential) {
            case Credential.Key(String hash) -> constr(0, bytes(hash));
            case Credential.Script(String hash) -> constr(1, bytes(hash));
        };
    }

    static Data address(PlutusAddress address) {
        Optional<Data> stake = address.stake().map(credential -> constr(0, credential(credential)));
        return constr(0, credential(address.payment()), option(stake));
    }

    static Data option(Optional<Data> value) {
        return value.map(some -> constr(0, some)).orElseGet(() -> constr(1));
    }

    static Data outputReference(OutputReference reference) {
        return constr(0, bytes(reference.txHash()), integer(reference.index()));
    }

    static Data redeemer(EscrowRedeemer redeemer) {
        return constr(redeemer.ordinal());
    }

    static Data datum(EscrowDatum datum) {
        return constr(0, address(datum.buyer()), address(datum.seller()), bytes(datum.referenceKey()), bytes(datum.referenceSignature()),
                bytes(datum.sellerNonce()), bytes(datum.buyerNonce()), integer(datum.collateralReturnLovelace()), bytes(datum.inputHash()),
                bytes(datum.resultHash()), integer(datum.times().payBy()), integer(datum.times().submitResult()),
                integer(datum.times().unlock()),
                integer(datum.times().externalDisputeUnlock()), integer(datum.sellerCooldownTime()), integer(datum.buyerCooldownTime()),
                constr(datum.state().ordinal()));
    }

    static <T> scala.collection.immutable.List<T> scalaList(List<T> elements) {
        return CollectionConverters.asScala(elements).toList();
    }
}
