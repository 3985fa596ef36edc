package io.masumi.node.chain.process;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.masumi.node.chain.outbox.ChainActions.Owner;
import io.masumi.node.platform.setaside.RebuildSaga;

/**
 * Sagas that say nothing of an event though it is long past and their processor has read it: they are lost, or set aside. From the
 * events they can be made anew.
 */
final class SilentSagas {

    private static final Logger LOG = LoggerFactory.getLogger(SilentSagas.class);

    private final EventProcessingConfiguration processing;
    private final CommandGateway commands;

    SilentSagas(EventProcessingConfiguration processing, CommandGateway commands) {
        this.processing = processing;
        this.commands = commands;
    }

    /** Unless its processor has only not come to it yet. */
    void makeAnew(Owner owner) {
        String group = switch (owner.role()) {
            case Payment -> PaymentSaga.GROUP;
            case Purchase -> PurchaseSaga.GROUP;
            case Registration -> RegistrationSaga.GROUP;
            // Nothing is remembered of it that could be lost, and what is set aside is tried again.
            case PaymentSource, Wallet -> null;
        };
        if (group != null && hasReadAll(group, owner.aggregateId())) {
            LOG.warn("the saga of {} says nothing of its newest event; it is made anew", owner.aggregateId());
            commands.sendAndWait(new RebuildSaga(group, owner.aggregateId()));
        }
    }

    /** Only the process that has the segment of the aggregate can say so. */
    private boolean hasReadAll(String group, String aggregateId) {
        return processing.eventProcessor(group, StreamingEventProcessor.class).map(StreamingEventProcessor::processingStatus)
                .flatMap(segments -> segments.values().stream().filter(each -> each.getSegment().matches(aggregateId)).findFirst())
                .filter(segment -> segment.isCaughtUp() && !segment.isErrorState())
                .isPresent();
    }
}
