package io.masumi.node.source;

import io.masumi.node.Rejection;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.escrow.RecentlyGivenUp;
import io.masumi.node.source.PaymentSourceCommand.AdoptReferenceScript;
import io.masumi.node.source.PaymentSourceCommand.CreatePaymentSource;
import io.masumi.node.source.PaymentSourceCommand.RecordReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceCommand.RecordReferenceScriptFailed;
import io.masumi.node.source.PaymentSourceCommand.RecordReferenceScriptRetired;
import io.masumi.node.source.PaymentSourceCommand.RecordTransactionGivenUp;
import io.masumi.node.source.PaymentSourceCommand.RequestReferenceScript;
import io.masumi.node.source.PaymentSourceCommand.RequestReferenceScriptRetirement;
import io.masumi.node.source.PaymentSourceEvent.PaymentSourceCreated;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptAdopted;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentFailed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentRequested;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetired;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementFailed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementRequested;
import io.masumi.node.source.PaymentSourceEvent.TransactionGivenUp;
import io.masumi.node.source.ReferenceScript.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;

/** Decides for one payment source. */
@Aggregate(type = "PaymentSource", cache = "aggregateCache")
class PaymentSource {

    private static final int WHOLE_PERMILLE = 1000;

    @AggregateIdentifier
    private PaymentSourceId id;
    private List<ReferenceScript> referenceScripts = List.of();
    /** The newest transaction about each script. */
    private final Map<ContractScript, SourceTransaction> onChain = new EnumMap<>(ContractScript.class);
    private RecentlyGivenUp givenUp = RecentlyGivenUp.NONE;

    PaymentSource() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Long handle(CreatePaymentSource c) {
        if (id != null) {
            throw Rejection.conflict("A payment source for this contract exists already", id.value());
        }
        if (!c.sourceId().equals(PaymentSourceId.of(c.network(), c.smartContractAddress()))) {
            throw Rejection.invalid("The payment source's id does not follow from its network and contract address");
        }
        int fee = c.parameters().feeRatePermille();
        if (fee < 0 || fee > WHOLE_PERMILLE) {
            throw Rejection.invalid("feeRatePermille must be 0 to " + WHOLE_PERMILLE);
        }
        if (c.parameters().cooldownTime() < 0) {
            throw Rejection.invalid("cooldownTime must not be negative");
        }
        return apply(new PaymentSourceCreated(c.sourceId(), c.network(), c.type(), c.smartContractAddress(), c.policyId(),
                c.parameters(), c.providerUrl(), c.requester()));
    }

    @CommandHandler
    Long handle(RequestReferenceScript c) {
        requireNothingUnderWay();
        output(c.script()).filter(known -> !known.equals(c.gone())).ifPresent(known -> {
            throw Rejection.conflict("The " + c.script() + " script is deployed already, in output " + known, id.value());
        });
        return apply(new ReferenceScriptDeploymentRequested(id, c.script(), c.walletIds(), c.requester()));
    }

    @CommandHandler
    Long handle(AdoptReferenceScript c) {
        requireNothingUnderWay();
        return output(c.script()).filter(c.output()::equals).isPresent()
                ? AggregateLifecycle.getVersion()
                : apply(new ReferenceScriptAdopted(id, c.script(), c.output(), c.requester()));
    }

    @CommandHandler
    Long handle(RequestReferenceScriptRetirement c) {
        requireNothingUnderWay();
        if (output(c.script()).filter(c.output()::equals).isEmpty()) {
            throw Rejection.notFound("The " + c.script() + " script is not deployed in output " + c.output());
        }
        return apply(new ReferenceScriptRetirementRequested(id, c.script(), c.output(), c.walletId(), c.requester()));
    }

    @CommandHandler
    Long handle(RecordReferenceScriptDeployed c) {
        boolean expected = known(c.script()).filter(known -> switch (known.phase()) {
            case DeploymentRequested, DeploymentFailed -> true;
            case Deployed -> c.output().equals(known.output()) && isNews(c.script(), c.transaction());
            case RetirementRequested, Retired, RetirementFailed -> false;
        }).isPresent();
        return expected
                ? apply(new ReferenceScriptDeployed(id, c.script(), c.output(), c.transaction()))
                : AggregateLifecycle.getVersion();
    }

    @CommandHandler
    Long handle(RecordReferenceScriptRetired c) {
        boolean expected = known(c.script()).filter(known -> switch (known.phase()) {
            case RetirementRequested, RetirementFailed -> c.output().equals(known.output());
            case Retired -> isNews(c.script(), c.transaction());
            case DeploymentRequested, Deployed, DeploymentFailed -> false;
        }).isPresent();
        return expected
                ? apply(new ReferenceScriptRetired(id, c.script(), c.output(), c.transaction().hash(), c.transaction()))
                : AggregateLifecycle.getVersion();
    }

    @CommandHandler
    Long handle(RecordReferenceScriptFailed c) {
        when(c.script(), Phase.DeploymentRequested,
                _ -> new ReferenceScriptDeploymentFailed(id, c.script(), c.errorType(), c.errorNote()));
        // What was deployed was rolled back, and did not come again.
        when(c.script(), Phase.Deployed, _ -> new ReferenceScriptDeploymentFailed(id, c.script(), c.errorType(), c.errorNote()));
        return when(c.script(), Phase.RetirementRequested,
                known -> new ReferenceScriptRetirementFailed(id, c.script(), known.output(), c.errorType(), c.errorNote()));
    }

    @CommandHandler
    Long handle(RecordTransactionGivenUp c) {
        return givenUp.has(c.transaction())
                ? AggregateLifecycle.getVersion()
                : apply(new TransactionGivenUp(id, c.script(), c.step(), c.transaction()));
    }

    /** Whether this says more of a script's newest transaction than is known: a rollback may have put it into another block. */
    private boolean isNews(ContractScript script, SourceTransaction transaction) {
        return !transaction.equals(onChain.get(script));
    }

    /** One at a time: a source has one intent for the chain. */
    private void requireNothingUnderWay() {
        referenceScripts.stream().filter(each -> each.phase().isUnderWay()).findFirst().ifPresent(each -> {
            throw Rejection.conflict("A transaction about the " + each.script() + " script is under way; wait for it", id.value());
        });
    }

    private Optional<OutputRef> output(ContractScript script) {
        return known(script).map(ReferenceScript::output);
    }

    private Optional<ReferenceScript> known(ContractScript script) {
        return referenceScripts.stream().filter(each -> each.script() == script).findFirst();
    }

    /** What is recorded twice changes nothing the second time. */
    private Long when(ContractScript script, Phase phase, Function<ReferenceScript, PaymentSourceEvent> event) {
        referenceScripts.stream().filter(each -> each.script() == script && each.phase() == phase).findFirst()
                .ifPresent(known -> AggregateLifecycle.apply(event.apply(known)));
        return AggregateLifecycle.getVersion();
    }

    private static Long apply(PaymentSourceEvent event) {
        AggregateLifecycle.apply(event);
        return AggregateLifecycle.getVersion();
    }

    @EventSourcingHandler
    void on(PaymentSourceEvent event) {
        id = event.sourceId();
        referenceScripts = ReferenceScript.evolve(referenceScripts, event);
        switch (event) {
            case ReferenceScriptDeployed e -> onChain.put(e.script(), e.transaction());
            case ReferenceScriptRetired e -> onChain.put(e.script(), e.transaction());
            case TransactionGivenUp e -> givenUp = givenUp.and(e.transaction());
            default -> {
            }
        }
    }
}
