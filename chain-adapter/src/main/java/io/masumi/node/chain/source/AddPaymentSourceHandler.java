package io.masumi.node.chain.source;

import io.masumi.node.RejectedException;
import io.masumi.node.Rejection;
import io.masumi.node.chain.cardano.codec.ShelleyAddress;
import io.masumi.node.chain.cardano.key.Mnemonics;
import io.masumi.node.chain.cardano.key.SecretKind;
import io.masumi.node.chain.cardano.key.SecretStore;
import io.masumi.node.chain.cardano.key.WalletIdentity;
import io.masumi.node.chain.cardano.key.WalletKeys;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProvider;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.escrow.Network;
import io.masumi.node.escrow.PaymentSourceType;
import io.masumi.node.source.ContractParameters;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceId;
import io.masumi.node.wallet.HotWalletCommand.AddHotWallet;
import io.masumi.node.wallet.HotWalletId;
import io.masumi.node.wallet.WalletType;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes payment sources in. Secrets, scripts and the source's record are committed before the first command goes out, so
 * whoever hears of the source or a wallet can act for it; after a crash in between, doing it again completes it.
 */
public final class AddPaymentSourceHandler {

    private static final long MAINNET_MAGIC = 764_824_073;

    private final Sources sources;
    private final Scripts scripts;
    private final ScriptFinder finder;
    private final SecretStore secrets;
    private final WalletKeys wallets;
    private final BlockfrostChainProviders providers;
    private final CommandGateway commands;
    private final TransactionOperations ownTransaction;

    /** @param ownTransaction commits by itself, whatever transaction the command is handled in */
    public AddPaymentSourceHandler(Sources sources, Scripts scripts, ScriptFinder finder, SecretStore secrets, WalletKeys wallets,
            BlockfrostChainProviders providers, CommandGateway commands, TransactionOperations ownTransaction) {
        this.sources = sources;
        this.scripts = scripts;
        this.finder = finder;
        this.secrets = secrets;
        this.wallets = wallets;
        this.providers = providers;
        this.commands = commands;
        this.ownTransaction = ownTransaction;
    }

    /**
     * @throws io.masumi.node.RejectedException with kind INVALID, saying which member is wrong and why
     * @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if the chain cannot be asked now
     */
    @CommandHandler
    public PaymentSourceId add(AddPaymentSource command) {
        Checked checked = check(command);
        PaymentSourceId sourceId = checked.source().id();
        ownTransaction.executeWithoutResult(transaction -> {
            scripts.put(checked.escrowScript());
            checked.registryScript().ifPresent(scripts::put);
            sources.put(checked.source());
            if (command.providerKey() != null && !command.providerKey().text().isBlank()) {
                secrets.put(SecretKind.PROVIDER_KEY, BlockfrostChainProviders.secretId(sourceId), command.providerKey().text());
            }
            command.wallets().forEach(wallet -> wallets.add(sourceId, command.network(), wallet.mnemonic().text()));
        });
        providers.forget(sourceId);
        unlessThere(new CreatePaymentSource(sourceId, command.network(), PaymentSourceType.Web3CardanoV1, command.smartContractAddress(),
                checked.source().policyId(), checked.source().parameters(), command.providerUrl(), command.requester()));
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
        } catch (RejectedException e) {
            if (e.rejection().kind() != Rejection.Kind.CONFLICT) {
                throw e;
            }
        }
    }

    private record Checked(Source source, byte[] escrowScript, Optional<byte[]> registryScript, List<WalletIdentity> wallets) {}

    private Checked check(AddPaymentSource command) {
        try {
            String scriptHash = ShelleyAddress.parse(command.network(), command.smartContractAddress()).paymentScriptHash()
                    .orElseThrow(() -> new IllegalArgumentException("smartContractAddress is not held by a script"));
            String providerUrl = url(command.providerUrl());
            List<WalletIdentity> identities = identities(command);
            List<byte[]> given = given(command.scripts());
            BlockfrostChainProvider chain = providers.at(providerUrl, command.providerKey() == null ? null : command.providerKey().text());
            requireNetwork(command.network(), chain);
            byte[] escrowScript = finder.find(scriptHash, given, chain).orElseThrow(() -> new IllegalArgumentException("the script "
                    + scriptHash + " of smartContractAddress is neither on the chain nor in a file: name a CIP-57 blueprint with "
                    + "parameters applied, or a file with the script's CBOR in hex, in " + ScriptFiles.SETTING));
            Optional<KnownDeployment> known = KnownDeployment.at(command.smartContractAddress());
            ContractParameters parameters = new ParameterCheck(command.network(), read("smartContractAddress", scriptHash,
                    () -> ScriptParameters.escrow(escrowScript, command.network()))).with(command.stated(),
                            known.map(KnownDeployment::adminAddresses).orElse(List.of()));
            String policyId = policyId(command, known, given);
            Optional<byte[]> registryScript = finder.find(policyId, given, chain);
            registryScript.ifPresent(script -> requireRegistryOf(command.smartContractAddress(), policyId, script));
            requireOnlyItsOwn(command, policyId);
            Source source = new Source(PaymentSourceId.of(command.network(), command.smartContractAddress()), command.network(),
                    command.smartContractAddress(), policyId, parameters, providerUrl, Optional.empty(), Optional.empty());
            return new Checked(source, escrowScript, registryScript, identities);
        } catch (IllegalArgumentException e) {
            throw Rejection.invalid(e.getMessage());
        }
    }

    /** A known deployment's script is the same on every network, so a provider of another one would not be noticed otherwise. */
    private static void requireNetwork(Network network, BlockfrostChainProvider chain) {
        chain.networkMagic().filter(magic -> (magic == MAINNET_MAGIC) != (network == Network.Mainnet)).ifPresent(magic -> {
            throw new IllegalArgumentException("the provider serves the network with the magic number " + magic + ", not " + network);
        });
    }

    private static List<byte[]> given(List<String> scripts) {
        try {
            return scripts.stream().map(ScriptBytes::ofHex).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("scripts must be in hex", e);
        }
    }

    private String policyId(AddPaymentSource command, Optional<KnownDeployment> known, List<byte[]> given) {
        String stated = command.policyId();
        if (stated != null && !stated.matches("[0-9a-f]{56}")) {
            throw new IllegalArgumentException("policyId must be 56 hex digits");
        }
        known.filter(deployment -> stated != null && !deployment.policyId().equals(stated)).ifPresent(deployment -> {
            throw new IllegalArgumentException("policyId is stated as " + stated + ", but the registry of this escrow is "
                    + deployment.policyId());
        });
        return Optional.ofNullable(stated).or(() -> known.map(KnownDeployment::policyId))
                .or(() -> finder.registryOf(command.smartContractAddress(), given))
                .orElseThrow(
                        () -> new IllegalArgumentException("policyId is missing: the registry of this escrow is not known, and does not "
                                + "follow from smartContractAddress. State it, or name a file with the policy's script in "
                                + ScriptFiles.SETTING));
    }

    /** Sales are told apart by the registry of their agent, and a registry is made for one escrow. */
    private void requireOnlyItsOwn(AddPaymentSource command, String policyId) {
        sources.of(command.network()).stream().filter(other -> other.policyId().equals(policyId))
                .filter(other -> !other.smartContractAddress().equals(command.smartContractAddress())).findFirst().ifPresent(other -> {
                    throw new IllegalArgumentException("policyId " + policyId + " is that of another payment source, at "
                            + other.smartContractAddress());
                });
    }

    private static void requireRegistryOf(String escrowAddress, String policyId, byte[] script) {
        String found = read("policyId", policyId, () -> ScriptParameters.registry(script));
        if (!found.equals(escrowAddress)) {
            throw new IllegalArgumentException("policyId " + policyId + " is the registry of another escrow than smartContractAddress "
                    + escrowAddress);
        }
    }

    private static <T> T read(String member, String hash, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the script " + hash + " of " + member + " is not one of this kind of contract: "
                    + e.getMessage(), e);
        }
    }

    private static String url(String text) {
        URI url = URI.create(text == null ? "" : text);
        if (url.getHost() == null || !"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("rpcProviderUrl must be the http or https URL of a Blockfrost API");
        }
        if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getRawFragment() != null) {
            // It is shown, logged and stored in an event for ever.
            throw new IllegalArgumentException("rpcProviderUrl must not hold a user, a query or a fragment: its key goes into"
                    + " rpcProviderApiKey");
        }
        return text;
    }

    private static List<WalletIdentity> identities(AddPaymentSource command) {
        List<WalletIdentity> identities = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Map<WalletType, Integer> counts = new EnumMap<>(WalletType.class);
        for (AddPaymentSource.Wallet wallet : command.wallets()) {
            String member = wallet.type() + "Wallets[" + (counts.merge(wallet.type(), 1, Integer::sum) - 1) + "]";
            WalletIdentity identity;
            try {
                identity = Mnemonics.identity(command.network(), wallet.mnemonic().text());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(member + ": " + e.getMessage(), e);
            }
            if (!seen.add(identity.vkey())) {
                throw new IllegalArgumentException(member + " has the mnemonic of another wallet of this payment source");
            }
            if (wallet.collectionAddress() != null) {
                ShelleyAddress.parse(command.network(), wallet.collectionAddress());
            }
            identities.add(identity);
        }
        return identities;
    }
}
