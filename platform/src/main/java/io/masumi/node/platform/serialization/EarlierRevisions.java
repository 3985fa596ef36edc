package io.masumi.node.platform.serialization;

import java.util.List;

import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Brings stored events of revisions that no class has any more to the present ones, for whoever reads the event store. One of another
 * kind goes into a class of its own beside this, and both into one chain, older revisions first.
 */
public final class EarlierRevisions extends SingleEventUpcaster {

    /** Once it held how the record stood afterwards, which follows from what is undone. */
    private static final List<SimpleSerializedType> FACTS_UNDONE = List.of(new SimpleSerializedType("masumi.payment.FactsUndone", "1"),
            new SimpleSerializedType("masumi.purchase.FactsUndone", "1"));

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return FACTS_UNDONE.contains(event.getType());
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(new SimpleSerializedType(event.getType().getName(), "2"), JsonNode.class,
                stored -> ((ObjectNode) stored).without(List.of("escrow", "next")));
    }
}
