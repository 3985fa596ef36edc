package io.masumi.node.devnet.phase1;

import io.masumi.node.devnet.ledger.LedgerFailure;
import io.masumi.node.devnet.ledger.LedgerRedeemer;

import java.util.ArrayList;
import java.util.List;

/** Exactly one redeemer for each purpose of a Plutus script. */
final class RedeemerRule implements Phase1Rule {
    @Override
    public void check(Subject subject, Findings findings) {
        List<LedgerRedeemer.Pointer> missing = new ArrayList<>(subject.plutusPurposes().stream().map(ScriptPurpose::pointer).toList());
        List<LedgerRedeemer.Pointer> extra = new ArrayList<>(
                subject.transaction().witnesses().redeemers().stream().map(LedgerRedeemer::pointer).toList());
        List<LedgerRedeemer.Pointer> needed = java.util.List.copyOf(missing);
        missing.removeAll(extra);
        extra.removeAll(needed);
        findings.require(missing.isEmpty(), LedgerFailure.MissingRedeemers, missing.toString());
        findings.require(extra.isEmpty(), LedgerFailure.ExtraRedeemers, extra.toString());
    }
}
