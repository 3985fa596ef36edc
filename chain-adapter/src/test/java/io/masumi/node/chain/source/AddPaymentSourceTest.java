package io.masumi.node.chain.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.masumi.node.Rejection;
import io.masumi.node.RejectedException;
import com.bloxbean.cardano.client.address.AddressProvider;
import com.bloxbean.cardano.client.common.model.Networks;
import io.masumi.node.Requester;
import io.masumi.node.contracts.Credential;
import io.masumi.node.contracts.EscrowContract;
import io.masumi.node.contracts.EscrowParameters;
import io.masumi.node.contracts.PlutusAddress;
import io.masumi.node.chain.CardanoWorld;
import io.masumi.node.chain.InteropVectors;
import io.masumi.node.contracts.CompiledScript;
import io.masumi.node.escrow.Network;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.WalletType;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionOperations;

@Tag("slow")
class AddPaymentSourceTest {

    private final CardanoWorld world = new CardanoWorld();
    private final AddPaymentSource good = world.addPaymentSource;
    private final ContractParameters parameters = new ContractParameters(1, good.stated().adminAddresses(), world.feeAddress, 50,
            CardanoWorld.COOLDOWN);
    private final List<Object> sent = new ArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void createsTheSourceAndItsWallets() {
        PaymentSourceId sourceId = handler(false).add(good);

        assertThat(sourceId).isEqualTo(PaymentSourceId.of(Network.Preprod, world.escrowAddress));
        assertThat(sent).hasSize(3);
        assertThat(sent.get(0)).isInstanceOfSatisfying(CreatePaymentSource.class, create -> {
            assertThat(create.policyId()).isEqualTo(world.registryScript.hash());
            assertThat(create.parameters()).isEqualTo(parameters);
        });
        assertThat(sent.get(1)).isInstanceOfSatisfying(AddHotWallet.class, add -> {
            assertThat(add.walletId()).isEqualTo(world.seller);
            assertThat(add.vkey()).isEqualTo(world.vector.sellerVkey());
            assertThat(add.type()).isEqualTo(WalletType.Selling);
        });
        assertThat(sent.get(2)).isInstanceOfSatisfying(AddHotWallet.class, add -> assertThat(add.walletId()).isEqualTo(world.buyer));
        Source source = world.sources.get(sourceId);
        assertThat(source.parameters()).isEqualTo(parameters);
        assertThat(source.policyId()).isEqualTo(world.registryScript.hash());
    }

    @Test
    void againChangesNothing() {
        assertThat(handler(true).add(good)).isEqualTo(world.sourceId);
        assertThat(sent).hasSize(3);
        assertThat(world.database.sql("select count(*) from secret").query(Long.class).single()).isEqualTo(3);
        assertThat(world.database.sql("select count(*) from chain_wallet").query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void aRefusalOfAnotherKindIsPassedOn() {
        AddPaymentSourceHandler refusing = handler(command -> {
            throw Rejection.notAllowed("no");
        });
        assertThatThrownBy(() -> refusing.add(good)).isInstanceOf(RejectedException.class).hasMessage("no");
    }

    @Test
    void whatDoesNotFitTogetherIsRefusedBeforeAnythingIsKept() {
        String script = world.escrowScript.hex();
        refused("scripts must be in hex", with("zz", good.smartContractAddress(), parameters, good.providerUrl(), good.wallets()));
        refused("script", with(script, world.feeAddress, parameters, good.providerUrl(), good.wallets()));
        refused("bech32", with(script, "addr_test1", parameters, good.providerUrl(), good.wallets()));
        refused("rpcProviderUrl", with(script, good.smartContractAddress(), parameters, "ftp://x", good.wallets()));
        refused("rpcProviderUrl", with(script, good.smartContractAddress(), parameters, null, good.wallets()));
        for (String secret : List.of("http://user:secret@127.0.0.1/", good.providerUrl() + "?key=secret", good.providerUrl() + "#secret")) {
            refused("rpcProviderApiKey", with(script, good.smartContractAddress(), parameters, secret, good.wallets()));
        }
        ContractParameters p = parameters;
        refused("feeRatePermille", with(script, good.smartContractAddress(),
                new ContractParameters(1, p.adminAddresses(), p.feeAddress(), 1001, 1), good.providerUrl(), good.wallets()));
        refused("requiredAdminSignatures", with(script, good.smartContractAddress(),
                new ContractParameters(2, p.adminAddresses(), p.feeAddress(), 1, 1), good.providerUrl(), good.wallets()));
        refused("admin", with(script, good.smartContractAddress(),
                new ContractParameters(1, List.of(world.escrowAddress), p.feeAddress(), 50, CardanoWorld.COOLDOWN), good.providerUrl(),
                good.wallets()));
        refused("Preprod", with(script, good.smartContractAddress(), new ContractParameters(1, p.adminAddresses(),
                "addr1wx7j4kmg2cs7yf92uat3ed4a3u97kr7axxr4avaz0lhwdsq87ujx7", 50, CardanoWorld.COOLDOWN), good.providerUrl(),
                good.wallets()));
        AddPaymentSource.Wallet wallet = good.wallets().getFirst();
        refused("SellingWallets[1]", with(script, good.smartContractAddress(), p, good.providerUrl(), List.of(wallet, wallet)));
        refused("SellingWallets[0]", with(script, good.smartContractAddress(), p, good.providerUrl(),
                List.of(new AddPaymentSource.Wallet(WalletType.Selling, "one two three", null, null))));
        refused("bech32", with(script, good.smartContractAddress(), p, good.providerUrl(),
                List.of(new AddPaymentSource.Wallet(WalletType.Selling, InteropVectors.sales().toList().get(1).sellerMnemonic(), "nowhere",
                        null))));
        assertThat(world.database.sql("select count(*) from chain_wallet").query(Long.class).single()).isEqualTo(2);
    }

    /** The registry's script need not be at hand, so that nothing else says whose it is. */
    @Test
    void aRegistryIsOfOneEscrow() {
        String key = "03".repeat(28);
        CompiledScript escrow = EscrowContract
                .script(new EscrowParameters(1, List.of(key), PlutusAddress.of(new Credential.Key(key)), 100, 1000));
        String address = AddressProvider.getEntAddress(com.bloxbean.cardano.client.address.Credential.fromScript(escrow.hash()),
                Networks.testnet()).toBech32();
        AddPaymentSource first = stating("aa".repeat(28), address, escrow.hex());
        handler(false).add(first);
        handler(true).add(first);
        sent.clear();

        refused(address, stating("aa".repeat(28), world.escrowAddress, world.escrowScript.hex()));
    }

    private AddPaymentSource stating(String policyId, String address, String script) {
        return new AddPaymentSource(Network.Preprod, address, policyId, List.of(script), AddPaymentSource.Stated.NOTHING,
                good.providerUrl(), good.providerKey(), List.of(), Requester.NODE);
    }

    private void refused(String why, AddPaymentSource command) {
        assertThatThrownBy(() -> handler(false).add(command)).isInstanceOfSatisfying(RejectedException.class,
                e -> assertThat(e.rejection().kind()).isEqualTo(Rejection.Kind.INVALID)).hasMessageContaining(why);
        assertThat(sent).isEmpty();
    }

    private AddPaymentSource with(String script, String address, ContractParameters parameters, String url,
            List<AddPaymentSource.Wallet> wallets) {
        return new AddPaymentSource(Network.Preprod, address, script, world.registryScript.hex(), parameters, url,
                good.providerKey().text(),
                wallets,
                Requester.NODE);
    }

    private AddPaymentSourceHandler handler(boolean allThere) {
        return handler(command -> {
            if (allThere) {
                throw Rejection.conflict("there already", "x");
            }
        });
    }

    private AddPaymentSourceHandler handler(java.util.function.Consumer<Object> decide) {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        for (Class<?> each : List.of(CreatePaymentSource.class, AddHotWallet.class)) {
            bus.subscribe(each.getName(), message -> {
                sent.add(message.getPayload());
                decide.accept(message.getPayload());
                return 0L;
            });
        }
        return new AddPaymentSourceHandler(world.sources, world.scripts, world.finder, world.secrets, world.wallets, world.providers,
                DefaultCommandGateway.builder().commandBus(bus).build(), TransactionOperations.withoutTransaction());
    }
}
