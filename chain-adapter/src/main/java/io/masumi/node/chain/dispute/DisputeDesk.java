package io.masumi.node.chain.dispute;

import io.masumi.node.Rejection;
import io.masumi.node.cbor.MalformedCborException;
import io.masumi.node.chain.cardano.codec.EscrowDatumCodec;
import io.masumi.node.chain.cardano.provider.BlockfrostChainProviders;
import io.masumi.node.chain.cardano.provider.ChainProvider;
import io.masumi.node.chain.cardano.provider.ChainProviders;
import io.masumi.node.chain.source.Admins;
import io.masumi.node.chain.source.Source;
import io.masumi.node.chain.source.Sources;
import io.masumi.node.chain.cardano.transaction.CardanoTransactionFactory;
import io.masumi.node.chain.cardano.transaction.DisputedWithdrawal;
import io.masumi.node.chain.cardano.transaction.TransactionImpossibleException;
import io.masumi.node.chain.cardano.transaction.TransactionTooEarlyException;
import io.masumi.node.chain.cardano.transaction.UnsignedTransaction;
import io.masumi.node.chain.wallet.Utxo;
import io.masumi.node.dispute.DisputeCommand;
import io.masumi.node.dispute.DisputeWithdrawalId;
import io.masumi.node.dispute.Division;
import io.masumi.node.dispute.KeySignature;
import io.masumi.node.dispute.Proposal;
import io.masumi.node.escrow.AdminWeight;
import io.masumi.node.escrow.BlockchainIdentifier;
import io.masumi.node.escrow.EscrowDatum;
import io.masumi.node.source.PaymentSourceId;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.transaction.support.TransactionOperations;

/** Shows disputes, builds their withdrawals and checks signatures. What is decided about a withdrawal, its aggregate decides. */
final class DisputeDesk {

    private static final Duration SHORTEST = Duration.ofMinutes(5);

    /**
     * The ledger must know when a validity ends: it sees 36 hours ahead (129 600 slots), counted from a tip that may be behind.
     */
    private static final Duration LONGEST = Duration.ofHours(30);

    private final Sources sources;
    private final ChainProviders chain;
    private final BlockfrostChainProviders parameters;
    private final CardanoTransactionFactory factory;
    private final DisputeStore store;
    private final CommandGateway commands;
    private final TransactionOperations ownTransaction;

    /** @param ownTransaction commits by itself, whatever transaction a command is handled in */
    DisputeDesk(Sources sources, ChainProviders chain, BlockfrostChainProviders parameters, CardanoTransactionFactory factory,
            DisputeStore store, CommandGateway commands, TransactionOperations ownTransaction) {
        this.sources = sources;
        this.chain = chain;
        this.parameters = parameters;
        this.factory = factory;
        this.store = store;
        this.commands = commands;
        this.ownTransaction = ownTransaction;
    }

    /** @throws io.masumi.node.chain.cardano.provider.ProviderUnavailableException if the provider has a fault */
    @QueryHandler
    List<Dispute> find(FindDisputes query) {
        return new DisputeReader(source(query.sourceId()), chain.of(query.sourceId())).page(query.limit(), query.cursor());
    }

    /** @throws io.masumi.node.RejectedException saying why it cannot be built */
    @CommandHandler
    DisputeWithdrawalId build(BuildDisputeWithdrawal command) {
        if (command.validFor().compareTo(SHORTEST) < 0 || command.validFor().compareTo(LONGEST) > 0) {
            throw Rejection.invalid("There must be " + SHORTEST.toMinutes() + " to " + LONGEST.toMinutes() + " minutes to sign");
        }
        Source source = source(command.sourceId());
        ChainProvider provider = chain.of(command.sourceId());
        Utxo escrow = provider.unspentOutput(command.escrow()).filter(utxo -> utxo.address().equals(source.smartContractAddress()))
                .orElseThrow(() -> Rejection.notFound("There is no unspent output " + command.escrow() + " at this contract"));
        EscrowDatum datum = EscrowDatumCodec.decode(escrow.inlineDatum(), source.network())
                .orElseThrow(() -> Rejection.notFound("Output " + command.escrow() + " holds no escrow"));
        Division division = division(command, escrow, datum);
        division.requireAllOf(escrow.value());
        Admins admins = Admins.of(source.parameters());
        List<AdminWeight> signers = signers(admins, command.adminVkeys());
        Proposal.requireSufficient(signers, admins.required());
        FeePayers payers = new FeePayers(factory, source, provider, signing -> new DisputedWithdrawal(escrow, division.seller(),
                division.buyer(), signing.stream().map(AdminWeight::vkey).toList(), command.validFor()));
        FeePayers.Paid paid = paid(command, admins, signers, payers);
        UnsignedTransaction transaction = paid.transaction();
        DisputeWithdrawalId id = DisputeWithdrawalId.of(transaction.hash());
        // First what it is sent from: an orphan in the table harms nobody, a proposal without it could never be sent.
        ownTransaction.executeWithoutResult(_ -> store.insert(id, source.id(), escrow.ref(), transaction));
        commands.sendAndWait(new DisputeCommand.ProposeWithdrawal(id,
                new Proposal(source.ref(), identifier(datum), escrow.ref(), escrow.value(), division,
                        division.outcome(datum.collateralReturnLovelace()), paid.signers(), admins.required(), paid.payer(),
                        transaction.hash(),
                        HexFormat.of().formatHex(transaction.bytes()), transaction.feeLovelace(), transaction.validUntilSlot(),
                        parameters.of(source).parameters().slots().startOf(transaction.validUntilSlot() + 1)),
                command.requester()));
        return id;
    }

    /** @throws io.masumi.node.RejectedException if a signature is not valid, or not of a key that must sign */
    @CommandHandler
    Long sign(SignDisputeWithdrawal command) {
        StoredWithdrawal withdrawal = store.find(command.withdrawalId())
                .orElseThrow(() -> Rejection.notFound("There is no withdrawal with this id"));
        List<KeySignature> signatures = signatures(command);
        if (signatures.isEmpty()) {
            throw Rejection.invalid("The witness set holds no key's signature");
        }
        for (KeySignature signature : signatures) {
            if (!KeyWitnesses.covers(signature, withdrawal.hash())) {
                throw Rejection.invalid("The signature of the key with hash " + signature.vkey() + " is not one of transaction "
                        + withdrawal.hash());
            }
        }
        return commands.sendAndWait(new DisputeCommand.RecordSignatures(command.withdrawalId(), signatures, command.requester()));
    }

    private Source source(PaymentSourceId id) {
        return sources.find(id).orElseThrow(() -> Rejection.notFound("There is no such payment source"));
    }

    private static Division division(BuildDisputeWithdrawal command, Utxo escrow, EscrowDatum datum) {
        if ((command.favour() == null) == (command.division() == null)) {
            throw Rejection.invalid("Say either in whose favour it is, or who gets what");
        }
        return switch (command.favour()) {
            case ForSeller -> Division.forSeller(escrow.value(), datum.collateralReturnLovelace());
            case ForBuyer -> Division.forBuyer(escrow.value());
            case null -> command.division();
        };
    }

    private static List<AdminWeight> signers(Admins admins, List<String> vkeys) {
        if (vkeys.isEmpty()) {
            return admins.firstSufficient();
        }
        List<String> wanted = vkeys.stream().map(vkey -> vkey.toLowerCase(Locale.ROOT)).toList();
        wanted.stream().filter(vkey -> !admins.weights().containsKey(vkey)).findFirst().ifPresent(vkey -> {
            throw Rejection.invalid("The key with hash " + vkey + " is no admin of this contract: " + admins.weights().keySet());
        });
        return admins.among(wanted);
    }

    private static FeePayers.Paid paid(BuildDisputeWithdrawal command, Admins admins, List<AdminWeight> signers, FeePayers payers) {
        try {
            if (command.feePayerAddress() != null) {
                return payers.by(command.feePayerAddress(), signers);
            }
            return command.adminVkeys().isEmpty() ? payers.byAnAdmin(admins) : payers.byAnAdmin(admins, signers);
        } catch (TransactionTooEarlyException e) {
            throw Rejection.notFound("Dispute not found or not in a state that allows it: " + e.getMessage());
        } catch (TransactionImpossibleException e) {
            throw Rejection.invalid(e.getMessage());
        }
    }

    private static List<KeySignature> signatures(SignDisputeWithdrawal command) {
        try {
            return command.witnessSet() != null
                    ? KeyWitnesses.read(HexFormat.of().parseHex(command.witnessSet()))
                    : List.of(KeyWitnesses.witness(HexFormat.of().parseHex(command.publicKey()),
                            HexFormat.of().parseHex(command.signature())));
        } catch (MalformedCborException | IllegalArgumentException e) {
            throw Rejection.invalid("The signature cannot be read: " + e.getMessage());
        }
    }

    private static BlockchainIdentifier identifier(EscrowDatum datum) {
        return Optional.ofNullable(DisputeReader.identifier(datum)).map(BlockchainIdentifier::new).orElse(null);
    }
}
