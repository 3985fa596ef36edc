package io.masumi.node.contracts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The table of the contract's rules with the rows that test them, and the figures, as docs/contract-rules.md has them. */
final class ContractDocument {

    private static final long DEPLOYED_MEMORY = 369_853;
    private static final long DEPLOYED_CPU = 138_921_171;

    private ContractDocument() {}

    static String text() {
        StringBuilder text = new StringBuilder(
                """
                        # The contracts' rules and the rows that test them

                        Made from the tests and held to them by `ContractDocumentTest`; see there how to make it anew. For each redeemer every rule that it
                        asks for: spends that break that rule and no other, which the script rejects in the Plutus VM, and spends that keep it in an unusual
                        way or by a hair, which it accepts. Rows of one redeemer stand in `EscrowRulesTest`; data of shapes that no typed row can have
                        (redeemers, purposes, datums, tags) in `EscrowScriptShapesTest`.
                        """);
        for (EscrowRedeemer redeemer : EscrowRedeemer.values()) {
            text.append("\n## ").append(redeemer).append("\n\n| rule | rejected | accepted |\n| --- | --- | --- |\n");
            rules(redeemer)
                    .forEach((rule, rows) -> text.append("| **").append(rule).append("** ").append(says(redeemer, rule)).append(" | ")
                            .append(String.join(" · ", rows.rejected)).append(" | ")
                            .append(rows.accepted.isEmpty() ? "the plain spend" : String.join(" · ", rows.accepted)).append(" |\n"));
        }
        text.append("\n## Registry policy\n\n| rejected | accepted |\n| --- | --- |\n| ")
                .append(RegistryPolicyTest.rejected().map(row -> (String) row.get()[0]).collect(Collectors.joining(" · "))).append(" | ")
                .append(RegistryPolicyTest.accepted().map(row -> (String) row.get()[0]).collect(Collectors.joining(" · "))).append(" |\n");
        return text.append(figures()).toString();
    }

    private record Rows(List<String> rejected, List<String> accepted) {}

    private static Map<EscrowRule, Rows> rules(EscrowRedeemer redeemer) {
        Map<EscrowRule, Rows> rules = new LinkedHashMap<>();
        for (EscrowRule rule : EscrowRule.values()) {
            List<String> rejected = EscrowRulesTest.broken().filter(row -> row.redeemer() == redeemer && row.rule() == rule)
                    .map(EscrowRulesTest.Broken::how).sorted().toList();
            List<String> accepted = EscrowRulesTest.kept().filter(row -> row.redeemer() == redeemer && row.rule() == rule)
                    .map(EscrowRulesTest.Kept::how).sorted().toList();
            if (!rejected.isEmpty()) {
                rules.put(rule, new Rows(rejected, accepted));
            }
        }
        return rules;
    }

    private static String says(EscrowRedeemer redeemer, EscrowRule rule) {
        return switch (rule) {
            case ESCROW_DATUM -> "the spent output has an inline escrow datum";
            case FINITE_UPPER_BOUND -> "the validity range has a finite upper bound T";
            case ONE_INPUT -> "exactly one input is at the contract's address";
            case AT_MOST_ONE_OUTPUT -> "at most one output is there";
            case NO_REFERENCE_SCRIPT -> "no output there carries a reference script";
            case SIGNED_BY_BUYER -> "signed by buyer";
            case SIGNED_BY_SELLER -> "signed by seller";
            case SIGNED_BY_ADMINS -> "at least one admin; required_admins > 0; entries of admin_vks that signed ≥ required_admins";
            case AFTER_BUYER_COOLDOWN -> "after buyer_cooldown_time";
            case AFTER_SELLER_COOLDOWN -> "after seller_cooldown_time";
            case AFTER_SUBMIT_RESULT_TIME -> "after submit_result_time";
            case AFTER_UNLOCK_TIME -> "after unlock_time";
            case AFTER_EXTERNAL_DISPUTE_UNLOCK_TIME -> "after external_dispute_unlock_time";
            case BEFORE_UNLOCK_TIME -> "before unlock_time";
            case RESULT_IN_TIME -> "before submit_result_time, or result_hash not empty and before external_dispute_unlock_time";
            case STATE -> "state " + states(redeemer);
            case HAS_RESULT -> "result_hash not empty";
            case HAS_NO_RESULT -> "result_hash empty";
            case FEE_PAID ->
                "outputs to fee_address tagged with the input's reference together hold ≥ ⌊quantity·fee_permille/1000⌋ of every asset";
            case COLLATERAL_RETURNED -> "outputs to the buyer tagged the same way together hold ≥ collateral_return_lovelace";
            case CONTINUES -> "the one output at the contract's address has a well-formed inline escrow datum";
            case KEEPS_LOVELACE -> "it holds at least the input's lovelace";
            case KEEPS_ASSETS -> "it holds exactly the input's other assets";
            case KEEPS_TERMS -> "every field that this redeemer does not write is as before";
            case NEXT_RESULT_HASH -> switch (redeemer) {
                case SubmitResult -> "result_hash = any non-empty value";
                case AuthorizeRefund -> "result_hash = empty";
                default -> "result_hash as before";
            };
            case NEXT_SELLER_COOLDOWN -> bySeller(redeemer) ? "seller_cooldown ≥ T + cooldown_period" : "seller_cooldown = 0";
            case NEXT_BUYER_COOLDOWN -> bySeller(redeemer) ? "buyer_cooldown = 0" : "buyer_cooldown ≥ T + cooldown_period";
            case NEXT_STATE -> "state = " + switch (redeemer) {
                case SetRefundRequested -> "RefundRequested if result_hash is empty, else Disputed";
                case UnSetRefundRequested -> "FundsLocked if result_hash is empty, else ResultSubmitted";
                case SubmitResult -> "ResultSubmitted if it was FundsLocked or ResultSubmitted, else Disputed";
                default -> "RefundRequested";
            };
        };
    }

    private static String states(EscrowRedeemer redeemer) {
        return switch (redeemer) {
            case Withdraw -> "ResultSubmitted";
            case SetRefundRequested -> "FundsLocked, ResultSubmitted or Disputed";
            case UnSetRefundRequested -> "RefundRequested or Disputed";
            case WithdrawRefund -> "FundsLocked or RefundRequested";
            case WithdrawDisputed, AuthorizeRefund -> "Disputed";
            case SubmitResult -> "any";
        };
    }

    private static boolean bySeller(EscrowRedeemer redeemer) {
        return redeemer == EscrowRedeemer.SubmitResult || redeemer == EscrowRedeemer.AuthorizeRefund;
    }

    private static String figures() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("## Figures");
        lines.add("");
        lines.add(
                ("Escrow script: %d bytes with three admins and the fee address applied (target ≤ 2 500), %d without. Registry policy: %d bytes"
                        + " with an address as parameter.")
                        .formatted(EscrowContract.script(Spends.PARAMETERS).size(), EscrowContract.unapplied().size(),
                                RegistryPolicyTest.SCRIPT.size()));
        lines.add(
                "Plutus V3 at the protocol versions 10 and 11, which give the same figures: the longer list of costs changes none that was"
                        + " there. Two inputs, one of them the escrow, and a change output. The percentages are of the"
                        + " deployed contract's SubmitResult, 369 853 mem and 138 921 171 cpu; the target for ours is 40 %, with ada in the escrow.");
        lines.add("");
        lines.add("| redeemer | mem, ada only | % | cpu, ada only | % | mem, three other assets | cpu, three other assets |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- |");
        CompiledScript escrow = EscrowContract.script(Spends.PARAMETERS);
        for (EscrowRedeemer redeemer : EscrowRedeemer.values()) {
            Vm.Cost ada = Vm.cost(escrow, ScriptContexts.context(Spends.inLovelaceOnly(Spends.valid(redeemer))));
            Vm.Cost assets = Vm.cost(escrow, ScriptContexts.context(Spends.valid(redeemer)));
            lines.add("| %s | %s | %s | %s | %s | %s | %s |".formatted(redeemer, grouped(ada.memory()),
                    percent(ada.memory(), DEPLOYED_MEMORY),
                    grouped(ada.cpu()), percent(ada.cpu(), DEPLOYED_CPU), grouped(assets.memory()), grouped(assets.cpu())));
        }
        lines.add(registry("Mint (registry)", 1, 0));
        lines.add(registry("Burn (registry)", -1, 1));
        return String.join("\n", lines) + "\n";
    }

    private static String registry(String name, long quantity, int redeemer) {
        Vm.Cost cost = Vm.cost(RegistryPolicyTest.SCRIPT, ScriptContexts.minting(RegistryPolicyTest.SCRIPT.hash(),
                List.of(RegistryPolicyTest.FIRST),
                Map.of(RegistryPolicyTest.SCRIPT.hash(), Map.of(RegistryPolicy.assetName(RegistryPolicyTest.FIRST), quantity)),
                PlutusData.constr(redeemer)));
        return "| %s | %s | %s | %s | %s | | |".formatted(name, grouped(cost.memory()), percent(cost.memory(), DEPLOYED_MEMORY),
                grouped(cost.cpu()), percent(cost.cpu(), DEPLOYED_CPU));
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    private static String percent(long number, long of) {
        return String.format(Locale.ROOT, "%.1f", 100.0 * number / of);
    }
}
