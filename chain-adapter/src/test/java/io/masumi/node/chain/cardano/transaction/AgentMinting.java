package io.masumi.node.chain.cardano.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.escrow.AgentPricing;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PricingType;
import io.masumi.node.registry.AgentDetails;
import io.masumi.node.wallet.HotWalletId;
import java.math.BigInteger;
import java.util.List;

/** Registers an example agent on the development network. */
record AgentMinting(CardanoWorld world) {

    static final AgentDetails EXAMPLE = new AgentDetails("Übersetzer ✓", "Translates texts of any length. ".repeat(7),
            "https://agent.example/api",
            List.of(new AgentDetails.ExampleOutput("sample", "text/plain", "https://agent.example/" + "x".repeat(80))),
            new AgentDetails.Capability("translation", "1.2"), new AgentDetails.Author("Ada", "ada@agent.example", null, "Example & Co"),
            new AgentDetails.Legal("https://agent.example/privacy", null, null), List.of("text", "日本語".repeat(12)),
            new AgentPricing(PricingType.Fixed,
                    Funds.of(List.of(Amount.lovelace(5_000_000),
                            new Amount("16a55b2a349361ff88c03788f93e1e966e5d689605d044fef722ddde0014df10745553444d", BigInteger.TEN)))),
            "ipfs://image", 1);

    SignedTransaction register(HotWalletId wallet, String recipient) {
        return register(wallet, recipient, EXAMPLE);
    }

    SignedTransaction register(HotWalletId wallet, String recipient, AgentDetails details) {
        SignedTransaction transaction = world.factory.build(world.sourceId, wallet,
                world.provider.unspent(world.identity(wallet).address()),
                TransactionContent.of(new ChainAction.RegisterAgent(details, recipient, null)));
        assertThat(world.provider.submit(transaction.bytes())).isEqualTo(new SubmitOutcome.Accepted(transaction.hash()));
        world.block();
        return transaction;
    }
}
