package io.masumi.node.chain.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.bloxbean.cardano.client.account.Account;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.api.model.Amount;
import com.bloxbean.cardano.client.backend.blockfrost.service.BFBackendService;
import com.bloxbean.cardano.client.common.model.Networks;
import com.bloxbean.cardano.client.function.helper.SignerProviders;
import com.bloxbean.cardano.client.plutus.spec.PlutusV3Script;
import com.bloxbean.cardano.client.quicktx.QuickTxBuilder;
import com.bloxbean.cardano.client.quicktx.Tx;
import com.bloxbean.cardano.client.quicktx.TxResult;
import io.masumi.node.Rejection;
import io.masumi.node.RejectedException;
import io.masumi.node.Requester;
import io.masumi.node.chain.cardano.key.Secret;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.cardano.provider.ProviderUnavailableException;
import io.masumi.node.chain.cardano.provider.SubmitOutcome;
import io.masumi.node.chain.source.AddPaymentSource.Stated;
import io.masumi.node.chain.cardano.transaction.SignedTransaction;
import io.masumi.node.chain.cardano.transaction.ChainAction;
import io.masumi.node.chain.cardano.transaction.TransactionContent;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.contracts.RegistryPolicy;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowTimes;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletId;
import java.util.HexFormat;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

/** A payment source of a contract of which the node has nothing but the address: its bytes and terms come from the chain. */
@Tag("slow")
class ForeignContractTest {

    private static final String ADMIN = "ad".repeat(28);
    private static final String OTHER_ADMIN = "ae".repeat(28);

    private final CardanoWorld world = new CardanoWorld();
    private final CompiledScript escrow = Compiled.inOneCase(EscrowContract.script(new EscrowParameters(1, List.of(ADMIN, OTHER_ADMIN),
            PlutusAddress.of(new Credential.Key("fe".repeat(28))), 30, 60_000)), 5);
    private final String address = AddressProvider
            .getEntAddress(com.bloxbean.cardano.client.address.Credential.fromScript(escrow.hash()), Networks.testnet()).toBech32();
    private final CompiledScript registry = RegistryPolicy.script(address);
    private final AddPaymentSourceHandler handler = handler();

    @BeforeEach
    void fund() {
        world.fund(world.seller, 100_000_000, 10_000_000);
        world.fund(world.buyer, 100_000_000, 10_000_000);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void isCreatedFromItsAddressAloneAndCarriesASale() {
        publish(escrow);
        PaymentSourceId sourceId = handler.add(adding(registry.hash(), Stated.NOTHING));

        Source source = world.sources.get(sourceId);
        assertThat(source.parameters()).isEqualTo(new ContractParameters(1, List.of(keyAddress(ADMIN), keyAddress(OTHER_ADMIN)),
                keyAddress("fe".repeat(28)), 30, 60_000));
        assertThat(source.policyId()).isEqualTo(registry.hash());

        long now = world.clock.millis();
        EscrowTimes times = new EscrowTimes(now + 600_000, now + 900_000, now + 1_800_000, now + 2_700_000);
        HotWalletId seller = HotWalletId.of(sourceId, world.vector.sellerVkey());
        HotWalletId buyer = HotWalletId.of(sourceId, world.vector.buyerVkey());
        submit(sourceId, buyer, TransactionContent.of(new ChainAction.Lock(new BlockchainIdentifier(world.vector.blockchainIdentifier()),
                world.participant(world.seller), "cd".repeat(32), times, Funds.lovelace(5_000_000))));
        submit(sourceId, seller, TransactionContent.on(atContract(), new ChainAction.SubmitResult("ab".repeat(32))));
        world.clock.advance(java.time.Duration.ofMinutes(31));
        submit(sourceId, seller, TransactionContent.on(atContract(), new ChainAction.Withdraw(null)));

        assertThat(world.provider.unspent(address)).isEmpty();
        assertThat(world.provider.unspent(keyAddress("fe".repeat(28)))).as("the fee").hasSize(1);
    }

    @Test
    void thePolicyIsHeldToItsEscrowWhenItsScriptCanBeHad() {
        publish(escrow);
        refused(adding(world.registryScript.hash(), Stated.NOTHING), "policyId", "another escrow");
        refused(adding(null, Stated.NOTHING), "policyId is missing", "masumi.chain.script-files");
        refused(adding("zz", Stated.NOTHING), "policyId must be 56 hex digits");
        AddPaymentSource given = adding(null, Stated.NOTHING);
        PaymentSourceId sourceId = handler.add(new AddPaymentSource(given.network(), address, null, List.of(registry.doubleWrappedHex()),
                Stated.NOTHING, given.providerUrl(), given.providerKey(), List.of(), Requester.NODE));
        assertThat(world.sources.get(sourceId).policyId()).isEqualTo(registry.hash());
    }

    @Test
    void whatIsStatedMustBeSo() {
        publish(escrow);
        String fee = keyAddress("fe".repeat(28));
        handler.add(adding(registry.hash(), new Stated(1, List.of(keyAddress(OTHER_ADMIN), keyAddress(ADMIN)), fee, 30, 60_000L)));

        refused(new Stated(2, null, null, null, null), "requiredAdminSignatures", "stated as 2", "has 1");
        refused(new Stated(null, List.of(keyAddress(ADMIN)), null, null, null), "AdminWallets", ADMIN, OTHER_ADMIN);
        refused(new Stated(null, List.of(keyAddress(ADMIN), keyAddress(ADMIN)), null, null, null), "AdminWallets");
        refused(new Stated(null, List.of(address), null, null, null), "AdminWallets", "held by a key");
        refused(new Stated(null, null, keyAddress(ADMIN), null, null), "FeeReceiverNetworkWallet", keyAddress(ADMIN), fee);
        refused(new Stated(null, null, null, 50, null), "feeRatePermille", "stated as 50", "has 30");
        refused(new Stated(null, null, null, null, 1L), "cooldownTime", "stated as 1", "has 60000");
    }

    @Test
    void anUnknownScriptIsRefusedAndAProviderThatFailsIsNot() {
        refused(adding(registry.hash(), Stated.NOTHING), escrow.hash(), "neither on the chain nor in a file", "masumi.chain.script-files");
        String mainnet = KnownDeployment.MAINNET.escrowAddress();
        AddPaymentSource any = adding(null, Stated.NOTHING);
        refused(new AddPaymentSource(Network.Mainnet, mainnet, null, List.of(), Stated.NOTHING, any.providerUrl(), null, List.of(),
                Requester.NODE), "magic number", "not Mainnet");
        world.network.close();
        assertThatThrownBy(() -> handler.add(any)).isInstanceOf(ProviderUnavailableException.class);
    }

    private AddPaymentSource adding(String policyId, Stated stated) {
        return new AddPaymentSource(Network.Preprod, address, policyId, List.of(), stated, world.network.baseUrl(), new Secret("any"),
                world.addPaymentSource.wallets(), Requester.NODE);
    }

    private void refused(Stated stated, String... words) {
        refused(adding(registry.hash(), stated), words);
    }

    private void refused(AddPaymentSource command, String... words) {
        assertThatThrownBy(() -> handler.add(command)).isInstanceOfSatisfying(RejectedException.class,
                e -> assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.INVALID)).hasMessageContainingAll(words);
    }

    private Utxo atContract() {
        return world.provider.unspent(address).getFirst();
    }

    private void submit(PaymentSourceId sourceId, HotWalletId wallet, TransactionContent intent) {
        SignedTransaction signed = world.factory.build(sourceId, wallet, world.provider.unspent(world.identity(wallet).address()),
                intent);
        assertThat(world.provider.submit(signed.bytes())).isEqualTo(new SubmitOutcome.Accepted(signed.hash()));
        world.block();
        assertThat(world.provider.transaction(signed.hash()).orElseThrow().scriptsPassed()).isTrue();
    }

    /** Somebody else puts the script on the chain. */
    private void publish(CompiledScript script) {
        Account account = Account.createFromMnemonic(Networks.testnet(), world.vector.sellerMnemonic());
        Tx publication = new Tx().payToAddress(keyAddress("00".repeat(28)), List.of(Amount.ada(25)),
                PlutusV3Script.builder().cborHex(script.doubleWrappedHex()).build()).from(account.baseAddress());
        TxResult sent = new QuickTxBuilder(new BFBackendService(world.network.baseUrl(), "any")).compose(publication)
                .withSigner(SignerProviders.signerFrom(account)).complete();
        assertThat(sent.isSuccessful()).as(sent.getResponse()).isTrue();
        world.block();
    }

    private static String keyAddress(String keyHash) {
        return AddressProvider.getEntAddress(
                com.bloxbean.cardano.client.address.Credential.fromKey(HexFormat.of().parseHex(keyHash)), Networks.testnet()).toBech32();
    }

    private AddPaymentSourceHandler handler() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        bus.subscribe(CreatePaymentSource.class.getName(), message -> 0L);
        bus.subscribe(AddHotWallet.class.getName(), message -> 0L);
        return new AddPaymentSourceHandler(world.sources, world.scripts, world.finder, world.secrets, world.wallets, world.providers,
                DefaultCommandGateway.builder().commandBus(bus).build(), TransactionOperations.withoutTransaction());
    }
}
