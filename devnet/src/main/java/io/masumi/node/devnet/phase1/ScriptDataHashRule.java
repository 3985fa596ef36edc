package io.masumi.node.devnet.phase1;

import com.bloxbean.cardano.client.crypto.Blake2bUtil;
import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerScript;
import io.masumi.node.devnet.ledger.ScriptLanguage;
import io.masumi.node.devnet.ledger.Witnesses;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The body's script data hash covers redeemers and datums as sent and the cost models of the Plutus languages in use; it
 * is there exactly when one of them is.
 */
final class ScriptDataHashRule implements Phase1Rule {
    private static final byte[] NO_REDEEMERS = {(byte) 0xa0};

    @Override
    public void check(Subject subject, Findings findings) {
        Optional<byte[]> stated = subject.transaction().hashes().scriptData();
        Optional<byte[]> expected = expected(subject);
        boolean equal = stated.isPresent() == expected.isPresent() && (stated.isEmpty() || Arrays.equals(stated.get(), expected.get()));
        findings.require(equal, LedgerFailure.PPViewHashesDontMatch, "expected " + hex(expected) + ", given " + hex(stated));
    }

    private static Optional<byte[]> expected(Subject subject) {
        Witnesses witnesses = subject.transaction().witnesses();
        TreeSet<ScriptLanguage> languages = subject.plutusPurposes().stream().map(ScriptPurpose::scriptHash).map(subject::script)
                .flatMap(Optional::stream)
                .map(LedgerScript::language).collect(Collectors.toCollection(TreeSet::new));
        if (witnesses.redeemersCbor().isEmpty() && witnesses.datumsCbor().isEmpty() && languages.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream covered = new ByteArrayOutputStream();
        covered.writeBytes(witnesses.redeemersCbor().orElse(NO_REDEEMERS));
        witnesses.datumsCbor().ifPresent(covered::writeBytes);
        covered.writeBytes(subject.parameters().costModels(languages).getLanguageViewEncoding());
        return Optional.of(Blake2bUtil.blake2bHash256(covered.toByteArray()));
    }

    private static String hex(Optional<byte[]> hash) {
        return hash.map(HexFormat.of()::formatHex).orElse("none");
    }
}
