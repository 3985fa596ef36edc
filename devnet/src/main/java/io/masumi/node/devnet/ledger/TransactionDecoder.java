package io.masumi.node.devnet.ledger;

import com.bloxbean.cardano.client.address.Address;
import com.bloxbean.cardano.client.address.AddressType;
import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import com.bloxbean.cardano.client.plutus.spec.RedeemerTag;
import com.bloxbean.cardano.client.transaction.spec.Transaction;
import io.masumi.node.cbor.CborItem;
import io.masumi.node.cbor.MalformedCborException;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads a transaction as the Conway era's CDDL describes it, keeping the original bytes of all that is hashed or measured. */
public final class TransactionDecoder {
    private static final Map<Integer, String> UNSUPPORTED_IN_BODY = Map.of(4, "certificates", 5, "withdrawals", 19, "votes", 20,
            "proposals", 21, "a treasury value", 22, "a treasury donation");
    private static final Set<Integer> SUPPORTED_IN_BODY = Set.of(0, 1, 2, 3, 7, 8, 9, 11, 13, 14, 15, 16, 17, 18);
    private static final Set<Integer> KNOWN_IN_OUTPUT = Set.of(0, 1, 2, 3);
    private static final Set<Integer> KNOWN_IN_WITNESSES = Set.of(0, 1, 2, 3, 4, 5, 6, 7);
    private static final int BOOTSTRAP_WITNESSES = 2;
    /** Several times what a transaction may have; anything longer is not worth reading. */
    private static final int LONGEST = 128 * 1024;
    private static final int LONGEST_CHUNK = 64;

    /**
     * @throws TransactionRejected with {@link LedgerFailure#DecoderFailure} or
     *         {@link LedgerFailure#UnsupportedByDevelopmentNetwork}
     */
    public LedgerTransaction decode(byte[] cbor) {
        try {
            if (cbor.length > LONGEST) {
                throw new MalformedCborException(cbor.length + " bytes are too many for a transaction");
            }
            List<CborItem> parts = CborItem.parse(cbor).items(4);
            LedgerTransaction transaction = decode(cbor, parts);
            // The Plutus machine is fed by cardano-client-lib's reading of the same bytes: it must be able to read them.
            Transaction.deserialize(cbor);
            return transaction;
        } catch (TransactionRejected rejected) {
            throw rejected;
        } catch (MalformedCborException malformed) {
            throw TransactionRejected.because(LedgerFailure.DecoderFailure, malformed.getMessage());
        } catch (Exception | StackOverflowError unreadable) {
            throw TransactionRejected.because(LedgerFailure.DecoderFailure, String.valueOf(unreadable.getMessage()));
        }
    }

    private LedgerTransaction decode(byte[] cbor, List<CborItem> parts) {
        CborItem body = parts.get(0);
        checkKeys(body);
        boolean flaggedValid = parts.get(2).asBoolean();
        Optional<CborItem> auxiliaryData = Optional.of(parts.get(3)).filter(item -> !item.isNull());
        // A real node counts the encoding without the validity flag, which is one byte.
        int sizeForFees = 1 + body.size() + parts.get(1).size() + parts.get(3).size();
        return new LedgerTransaction(new LedgerTransaction.Sent(cbor.clone(), hash256(body.bytes()), flaggedValid, sizeForFees),
                references(required(body, 0, "inputs")), nonEmpty(body, 18).map(this::references).orElse(List.of()),
                required(body, 1, "outputs").items().stream().map(this::output).toList(), required(body, 2, "fee").asUnsigned(),
                new ValidityInterval(slot(body, 8), slot(body, 3)), body.member(9).map(this::mint).orElse(LedgerValue.ZERO),
                new LedgerTransaction.Collateral(nonEmpty(body, 13).map(this::references).orElse(List.of()),
                        body.member(16).map(this::output), body.member(17).map(CborItem::asUnsigned)),
                nonEmpty(body, 14).map(item -> item.setMembers().stream().map(member -> member.asHex(28)).toList()).orElse(List.of()),
                body.member(15).map(item -> OptionalInt.of(item.asInt())).orElse(OptionalInt.empty()),
                new LedgerTransaction.Hashes(body.member(11).map(item -> item.asBytes(32)), body.member(7).map(item -> item.asBytes(32))),
                auxiliaryData, witnesses(parts.get(1)));
    }

    private static CborItem required(CborItem body, int key, String what) {
        return body.member(key).orElseThrow(() -> new MalformedCborException("the body has no " + what));
    }

    private static void checkKeys(CborItem body) {
        for (Map.Entry<CborItem, CborItem> entry : body.entries()) {
            int key = entry.getKey().asInt();
            if (UNSUPPORTED_IN_BODY.containsKey(key)) {
                throw TransactionRejected.because(LedgerFailure.UnsupportedByDevelopmentNetwork, UNSUPPORTED_IN_BODY.get(key));
            }
        }
        requireKeys(body, SUPPORTED_IN_BODY, "the body");
    }

    /** A node's decoder takes neither keys that it does not know nor a key twice. */
    private static void requireKeys(CborItem map, Set<Integer> known, String what) {
        Set<Integer> seen = new HashSet<>();
        for (Map.Entry<CborItem, CborItem> entry : map.entries()) {
            int key = entry.getKey().asInt();
            if (!known.contains(key)) {
                throw new MalformedCborException(what + " has the unknown key " + key);
            }
            if (!seen.add(key)) {
                throw new MalformedCborException(what + " has key " + key + " twice");
            }
        }
    }

    private static OptionalLong slot(CborItem body, int key) {
        return body.member(key).map(item -> OptionalLong.of(item.asLong())).orElse(OptionalLong.empty());
    }

    /** Sets that the CDDL calls non-empty are left out when empty. */
    private static Optional<CborItem> nonEmpty(CborItem body, int key) {
        Optional<CborItem> field = body.member(key);
        if (field.isPresent() && field.get().setMembers().isEmpty()) {
            throw new MalformedCborException("the set under key " + key + " is present but empty");
        }
        return field;
    }

    private List<OutputReference> references(CborItem set) {
        List<OutputReference> references = new ArrayList<>();
        for (CborItem member : set.setMembers()) {
            List<CborItem> parts = member.items(2);
            int index = parts.get(1).asInt();
            if (index > 0xffff) {
                throw new MalformedCborException("the output index " + index + " is too large");
            }
            references.add(new OutputReference(parts.get(0).asHex(32), index));
        }
        return List.copyOf(references);
    }

    private LedgerValue mint(CborItem item) {
        LedgerValue mint = new LedgerValue(BigInteger.ZERO, assets(item, true));
        if (mint.assets().isEmpty()) {
            throw new MalformedCborException("the mint field is present but empty");
        }
        return mint;
    }

    private LedgerOutput output(CborItem item) {
        if (item.kind() == CborItem.Kind.ARRAY) {
            List<CborItem> parts = item.items();
            if (parts.size() != 2 && parts.size() != 3) {
                throw new MalformedCborException("an output has " + parts.size() + " parts");
            }
            OutputDatum datum = parts.size() == 3 ? new OutputDatum.Hash(parts.get(2).asHex(32)) : new OutputDatum.None();
            return new LedgerOutput(address(parts.get(0)), value(parts.get(1)), parts.get(1).size(), datum, Optional.empty(), item.bytes());
        }
        requireKeys(item, KNOWN_IN_OUTPUT, "an output");
        CborItem value = item.member(1).orElseThrow(() -> new MalformedCborException("an output has no value"));
        return new LedgerOutput(address(item.member(0).orElseThrow(() -> new MalformedCborException("an output has no address"))),
                value(value),
                value.size(), item.member(2).map(this::datum).orElseGet(OutputDatum.None::new), item.member(3).map(this::referenceScript),
                item.bytes());
    }

    private Address address(CborItem item) {
        byte[] bytes = item.asBytes();
        int header = bytes.length == 0 ? 0xff : bytes[0] & 0xff;
        int type = header >> 4;
        if (type == 8) {
            throw TransactionRejected.because(LedgerFailure.UnsupportedByDevelopmentNetwork, "an address of the Byron era");
        }
        if (type == 4 || type == 5) {
            throw TransactionRejected.because(LedgerFailure.UnsupportedByDevelopmentNetwork, "a pointer address");
        }
        boolean base = type < 4 && bytes.length == 57;
        boolean enterprise = (type == 6 || type == 7) && bytes.length == 29;
        if (!base && !enterprise) {
            throw new MalformedCborException("an output's address is malformed: " + HexFormat.of().formatHex(bytes));
        }
        Address address = new Address(bytes);
        if (address.getAddressType() == AddressType.Reward) {
            throw new MalformedCborException("an output's address is a reward address");
        }
        return address;
    }

    private LedgerValue value(CborItem item) {
        if (item.kind() == CborItem.Kind.UNSIGNED) {
            return LedgerValue.ofLovelace(item.asUnsigned());
        }
        List<CborItem> parts = item.items(2);
        return new LedgerValue(parts.get(0).asUnsigned(), assets(parts.get(1), false));
    }

    private SortedMap<String, BigInteger> assets(CborItem policies, boolean minted) {
        TreeMap<String, BigInteger> assets = new TreeMap<>();
        for (Map.Entry<CborItem, CborItem> policy : policies.entries()) {
            String policyId = policy.getKey().asHex(28);
            if (policy.getValue().entries().isEmpty()) {
                throw new MalformedCborException("the policy " + policyId + " has no assets");
            }
            for (Map.Entry<CborItem, CborItem> asset : policy.getValue().entries()) {
                BigInteger quantity = minted ? asset.getValue().asInteger() : asset.getValue().asUnsigned();
                String name = asset.getKey().asHex();
                if (quantity.signum() == 0 || name.length() > 64 || quantity.bitLength() > (minted ? 63 : 64)) {
                    throw new MalformedCborException("the asset " + policyId + name + " has the quantity " + quantity);
                }
                if (assets.put(policyId + name, quantity) != null) {
                    throw new MalformedCborException("the asset " + policyId + name + " is there twice");
                }
            }
        }
        return assets;
    }

    private OutputDatum datum(CborItem item) {
        List<CborItem> parts = item.items(2);
        return switch (parts.get(0).asInt()) {
            case 0 -> new OutputDatum.Hash(parts.get(1).asHex(32));
            case 1 -> {
                byte[] cbor = embedded(parts.get(1));
                requirePlutusData(CborItem.parse(cbor));
                yield new OutputDatum.Inline(hash256(cbor), cbor);
            }
            default -> throw new MalformedCborException("an output has a datum of an unknown kind");
        };
    }

    private LedgerScript referenceScript(CborItem item) {
        List<CborItem> parts = CborItem.parse(embedded(item)).items(2);
        int language = parts.get(0).asInt();
        if (language >= ScriptLanguage.values().length) {
            throw new MalformedCborException("a reference script has the unknown language " + language);
        }
        return script(ScriptLanguage.values()[language], parts.get(1));
    }

    private static LedgerScript script(ScriptLanguage language, CborItem item) {
        return LedgerScript.of(language, language.isPlutus() ? item.asBytes() : item.bytes());
    }

    /** CBOR within CBOR: tag 24 on a byte string. */
    private static byte[] embedded(CborItem item) {
        if (item.tag().orElse(0) != 24) {
            throw new MalformedCborException("embedded CBOR (tag 24) is expected");
        }
        return item.untagged().asBytes();
    }

    private Witnesses witnesses(CborItem set) {
        requireKeys(set, KNOWN_IN_WITNESSES, "the witness set");
        if (set.member(BOOTSTRAP_WITNESSES).isPresent()) {
            throw TransactionRejected.because(LedgerFailure.UnsupportedByDevelopmentNetwork, "bootstrap witnesses of the Byron era");
        }
        TreeMap<String, LedgerScript> scripts = new TreeMap<>();
        addScripts(scripts, ScriptLanguage.NATIVE, nonEmpty(set, 1));
        addScripts(scripts, ScriptLanguage.PLUTUS_V1, nonEmpty(set, 3));
        addScripts(scripts, ScriptLanguage.PLUTUS_V2, nonEmpty(set, 6));
        addScripts(scripts, ScriptLanguage.PLUTUS_V3, nonEmpty(set, 7));
        Optional<CborItem> datums = nonEmpty(set, 4);
        Optional<CborItem> redeemers = set.member(5);
        return new Witnesses(nonEmpty(set, 0).map(this::keys).orElse(List.of()), scripts,
                datums.map(item -> item.setMembers().stream().map(member -> witnessDatum(member))
                        .toList())
                        .orElse(List.of()),
                datums.map(CborItem::bytes), redeemers.map(this::redeemers).orElse(List.of()), redeemers.map(CborItem::bytes));
    }

    private static WitnessDatum witnessDatum(CborItem item) {
        requirePlutusData(item);
        return new WitnessDatum(hash256(item.bytes()), item.bytes());
    }

    private static void addScripts(Map<String, LedgerScript> scripts, ScriptLanguage language, Optional<CborItem> field) {
        field.map(CborItem::setMembers).orElse(List.of()).forEach(item -> {
            LedgerScript script = script(language, item);
            scripts.put(script.hash(), script);
        });
    }

    private List<KeyWitness> keys(CborItem field) {
        return field.setMembers().stream().map(member -> {
            List<CborItem> parts = member.items(2);
            byte[] key = parts.get(0).asBytes(32);
            return new KeyWitness(key, parts.get(1).asBytes(64), HexFormat.of().formatHex(Blake2bUtil.blake2bHash224(key)));
        }).toList();
    }

    private List<LedgerRedeemer> redeemers(CborItem field) {
        List<LedgerRedeemer> redeemers = new ArrayList<>();
        if (field.kind() == CborItem.Kind.MAP) {
            field.entries().forEach(entry -> {
                List<CborItem> pointer = entry.getKey().items(2);
                List<CborItem> content = entry.getValue().items(2);
                redeemers.add(redeemer(pointer.get(0), pointer.get(1), content.get(0), content.get(1)));
            });
        } else {
            field.items().forEach(item -> {
                List<CborItem> parts = item.items(4);
                redeemers.add(redeemer(parts.get(0), parts.get(1), parts.get(2), parts.get(3)));
            });
        }
        if (redeemers.isEmpty()) {
            throw new MalformedCborException("the redeemers are present but empty");
        }
        if (redeemers.stream().map(LedgerRedeemer::pointer).distinct().count() != redeemers.size()) {
            throw new MalformedCborException("two redeemers are for the same purpose");
        }
        return List.copyOf(redeemers);
    }

    private static LedgerRedeemer redeemer(CborItem tag, CborItem index, CborItem data, CborItem units) {
        if (tag.asInt() >= RedeemerTag.values().length) {
            throw new MalformedCborException("a redeemer has the unknown tag " + tag.asInt());
        }
        List<CborItem> budget = units.items(2);
        return new LedgerRedeemer(new LedgerRedeemer.Pointer(RedeemerTag.values()[tag.asInt()], index.asInt()),
                requirePlutusData(data).bytes(),
                BigInteger.valueOf(budget.get(0).asLong()), BigInteger.valueOf(budget.get(1).asLong()));
    }

    /**
     * Data that scripts will see. A map may hold a key twice on a real node, but cardano-client-lib, which carries the data
     * to the Plutus machine, would lose one of the two.
     */
    private static CborItem requirePlutusData(CborItem data) {
        switch (data.kind()) {
            case UNSIGNED, NEGATIVE -> {
            }
            case BYTES -> requireShortChunks(data);
            case ARRAY -> data.items().forEach(TransactionDecoder::requirePlutusData);
            case TAG -> requireTaggedData(data);
            case MAP -> {
                Set<String> keys = new HashSet<>();
                for (Map.Entry<CborItem, CborItem> entry : data.entries()) {
                    requirePlutusData(entry.getKey());
                    requirePlutusData(entry.getValue());
                    if (!keys.add(HexFormat.of().formatHex(entry.getKey().bytes()))) {
                        throw TransactionRejected.because(LedgerFailure.UnsupportedByDevelopmentNetwork,
                                "Plutus data with a map that has a key twice");
                    }
                }
            }
            case TEXT, SIMPLE -> throw new MalformedCborException(data.kind() + " is not Plutus data");
        }
        return data;
    }

    private static void requireShortChunks(CborItem bytes) {
        if (bytes.chunks().stream().anyMatch(chunk -> chunk.contentLength() > LONGEST_CHUNK)) {
            throw new MalformedCborException("Plutus data has bytes in one piece of more than " + LONGEST_CHUNK);
        }
    }

    /** Large integers (tags 2 and 3) and constructors (121 to 127 and 1280 to 1400 by index, 102 with the index inside). */
    private static void requireTaggedData(CborItem data) {
        long tag = data.tag().orElseThrow();
        CborItem content = data.untagged();
        if (tag == 2 || tag == 3) {
            content.asBytes();
            requireShortChunks(content);
        } else if (tag >= 121 && tag <= 127 || tag >= 1280 && tag <= 1400) {
            content.items().forEach(TransactionDecoder::requirePlutusData);
        } else if (tag == 102) {
            content.items(2).get(0).asLong();
            content.items(2).get(1).items().forEach(TransactionDecoder::requirePlutusData);
        } else {
            throw new MalformedCborException("the tag " + tag + " is not Plutus data");
        }
    }

    private static String hash256(byte[] bytes) {
        return HexFormat.of().formatHex(Blake2bUtil.blake2bHash256(bytes));
    }
}
