package io.masumi.node.chain.source;

import io.masumi.node.Rejection;
import io.masumi.node.chain.datum.ShelleyAddress;
import io.masumi.node.chain.key.Mnemonics;
import io.masumi.node.chain.key.SecretKind;
import io.masumi.node.chain.key.SecretStore;
import io.masumi.node.chain.key.WalletIdentity;
import io.masumi.node.chain.key.WalletKeys;
import io.masumi.node.chain.provider.BlockfrostChainProviders;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletId;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes payment sources in. Secrets, scripts and the source's record are committed before the first command goes out, so
 * whoever hears of the source or a wallet can act for it; after a crash in between, doing it again completes it.
 */
public final class AddPaymentSourceHandler {

    private final Sources sources;
    private final Scripts scripts;
    private final SecretStore secrets;
    private final WalletKeys wallets;
    private final BlockfrostChainProviders providers;
    private final CommandGateway commands;
    private final TransactionOperations ownTransaction;

    /** @param ownTransaction commits by itself, whatever transaction the command is handled in */
    public AddPaymentSourceHandler(Sources sources, Scripts scripts, SecretStore secrets, WalletKeys wallets,
            BlockfrostChainProviders providers, CommandGateway commands, TransactionOperations ownTransaction) {
        this.sources = sources;
        this.scripts = scripts;
        this.secrets = secrets;
        this.wallets = wallets;
        this.providers = providers;
        this.commands = commands;
        this.ownTransaction = ownTransaction;
    }

    /** @throws io.masumi.node.RejectedException with kind INVALID, saying which member is wrong and why */
    @CommandHandler
    public PaymentSourceId add(AddPaymentSource command) {
        Checked checked = check(command);
        PaymentSourceId sourceId = checked.source().id();
        ownTransaction.executeWithoutResult(transaction -> {
            scripts.put(checked.escrowScript());
            scripts.put(checked.registryScript());
            sources.put(checked.source());
            if (command.providerKey() != null && !command.providerKey().isBlank()) {
                secrets.put(SecretKind.PROVIDER_KEY, BlockfrostChainProviders.secretId(sourceId), command.providerKey());
            }
            command.wallets().forEach(wallet -> wallets.add(sourceId, command.network(), wallet.mnemonic()));
        });
        providers.forget(sourceId);
        unlessThere(new CreatePaymentSource(sourceId, command.network(), PaymentSourceType.Web3CardanoV1, command.smartContractAddress(),
                checked.source().policyId(), command.parameters(), command.providerUrl(), command.requester()));
        for (int i = 0; i < command.wallets().size(); i++) {
            AddPaymentSource.Wallet wallet = command.wallets().get(i);
            WalletIdentity identity = checked.wallets().get(i);
            unlessThere(new AddHotWallet(HotWalletId.of(sourceId, identity.vkey()), sourceId, command.network(), wallet.type(),
                    identity.vkey(), identity.address(), wallet.collectionAddress(), wallet.note(), command.requester()));
        }
        return sourceId;
    }

    private void unlessThere(Object command) {
        try {
            commands.sendAndWait(command);
        } catch (CommandExecutionException e) {
            boolean there = e.<Object>getDetails().filter(Rejection.class::isInstance).map(Rejection.class::cast)
                    .map(rejection -> rejection.kind() == Rejection.Kind.CONFLICT).orElse(false);
            if (!there) {
                throw e;
            }
        }
    }

    private record Checked(Source source, byte[] escrowScript, byte[] registryScript, List<WalletIdentity> wallets) {}

    private static Checked check(AddPaymentSource command) {
        try {
            byte[] escrowScript = script("escrowScript", command.escrowScript());
            byte[] registryScript = script("registryScript", command.registryScript());
            String scriptHash = ShelleyAddress.parse(command.network(), command.smartContractAddress()).paymentScriptHash()
                    .orElseThrow(() -> new IllegalArgumentException("smartContractAddress is not held by a script"));
            if (!Scripts.hash(escrowScript).equals(scriptHash)) {
                throw new IllegalArgumentException("escrowScript's hash " + Scripts.hash(escrowScript) + " is not smartContractAddress's, "
                        + scriptHash);
            }
            checkParameters(command);
            PaymentSourceId sourceId = PaymentSourceId.of(command.network(), command.smartContractAddress());
            Source source = new Source(sourceId, command.network(), command.smartContractAddress(), Scripts.hash(registryScript),
                    command.parameters(), url(command.providerUrl()), Optional.empty(), Optional.empty());
            return new Checked(source, escrowScript, registryScript, identities(command));
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid(e.getMessage());
        }
    }

    private static byte[] script(String member, String hex) {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException | NullPointerException e) {
            throw new IllegalArgumentException(member + " must be the script's bytes in hex", e);
        }
    }

    private static void checkParameters(AddPaymentSource command) {
        var parameters = command.parameters();
        ShelleyAddress.parse(command.network(), parameters.feeAddress());
        parameters.adminAddresses().forEach(admin -> ShelleyAddress.parse(command.network(), admin).paymentKeyHash()
                .orElseThrow(() -> new IllegalArgumentException("an admin must be held by a key: " + admin)));
        if (parameters.feeRatePermille() < 0 || parameters.feeRatePermille() > 1000) {
            throw new IllegalArgumentException("feeRatePermille must be 0 to 1000");
        }
        if (parameters.cooldownTime() < 0) {
            throw new IllegalArgumentException("cooldownTime must not be negative");
        }
        if (parameters.requiredAdminSignatures() < 1 || parameters.requiredAdminSignatures() > parameters.adminAddresses().size()) {
            throw new IllegalArgumentException("requiredAdminSignatures must be 1 to the number of admins");
        }
    }

    private static String url(String text) {
        URI url = URI.create(text == null ? "" : text);
        if (url.getHost() == null || !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("providerUrl must be the http or https URL of a Blockfrost API");
        }
        return text;
    }

    private static List<WalletIdentity> identities(AddPaymentSource command) {
        List<WalletIdentity> identities = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < command.wallets().size(); i++) {
            AddPaymentSource.Wallet wallet = command.wallets().get(i);
            WalletIdentity identity;
            try {
                identity = Mnemonics.identity(command.network(), wallet.mnemonic());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("wallets[" + i + "]: " + e.getMessage(), e);
            }
            if (!seen.add(identity.vkey())) {
                throw new IllegalArgumentException("wallets[" + i + "] has the mnemonic of another wallet of this payment source");
            }
            if (wallet.collectionAddress() != null) {
                ShelleyAddress.parse(command.network(), wallet.collectionAddress());
            }
            identities.add(identity);
        }
        return identities;
    }
}
