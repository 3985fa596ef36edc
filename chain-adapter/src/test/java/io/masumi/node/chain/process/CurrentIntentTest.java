package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.junit.jupiter.api.Test;

import io.masumi.node.Requester;
import io.masumi.node.chain.outbox.ActionRole;
import io.masumi.node.chain.outbox.Intent;
import io.masumi.node.cardano.OutputRef;
import io.masumi.node.source.ContractScript;
import io.masumi.node.source.PaymentSourceEvent;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeployed;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptDeploymentRequested;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetired;
import io.masumi.node.source.PaymentSourceEvent.ReferenceScriptRetirementRequested;
import io.masumi.node.source.PaymentSourceId;

class CurrentIntentTest {

    private static final PaymentSourceId SOURCE = new PaymentSourceId("source");
    private static final OutputRef OUTPUT = new OutputRef("ab".repeat(32), 0);
    private static final Requester ADMIN = new Requester("admin", true);

    /** After a rollback the retirement is on its way again, though the payment source says that it is done. */
    @Test
    void whatAPaymentSourceHasDoneIsNotCalledOff() {
        List<PaymentSourceEvent> events = new ArrayList<>(List.of(
                new ReferenceScriptDeploymentRequested(SOURCE, ContractScript.Escrow, List.of("wallet"), ADMIN),
                new ReferenceScriptDeployed(SOURCE, ContractScript.Escrow, OUTPUT, null),
                new ReferenceScriptRetirementRequested(SOURCE, ContractScript.Escrow, OUTPUT, "wallet", ADMIN)));
        assertThat(intent(events)).isInstanceOf(Intent.This.class);

        events.add(new ReferenceScriptRetired(SOURCE, ContractScript.Escrow, OUTPUT, "cd".repeat(32), null));
        assertThat(intent(events)).isInstanceOf(Intent.AsBefore.class);
    }

    private static Intent intent(List<PaymentSourceEvent> events) {
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        events.forEach(event -> messages.add(new GenericDomainEventMessage<>("PaymentSource", "source", messages.size(), event)));
        return CurrentIntent.of(ActionRole.PaymentSource, messages.stream()).intent();
    }
}
