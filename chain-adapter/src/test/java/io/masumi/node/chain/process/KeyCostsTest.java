package io.masumi.node.chain.process;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.masumi.node.Requester;
import io.masumi.node.access.ApiKeyCommand;
import io.masumi.node.access.ApiKeyId;
import io.masumi.node.access.CreditUse;
import io.masumi.node.chain.outbox.RecordCommands;
import io.masumi.node.chain.process.KeyCosts.Account;
import io.masumi.node.escrow.Funds;
import io.masumi.node.platform.failure.PartUnavailableException;

class KeyCostsTest {

    private static final Account ACCOUNT = new Account(new Requester(ApiKeyId.of("ab".repeat(32)).value(), false), "record",
            CreditUse.Purchase);

    private final CommandBus bus = SimpleCommandBus.builder().build();
    private final CommandGateway commands = DefaultCommandGateway.builder().commandBus(bus).build();
    private final KeyCosts costs = new KeyCosts(new SagaCommands(commands, new RecordCommands(commands, null), Runnable::run), null, null);

    /** That decides whether the event is tried again with all that came after, or set aside as one that cannot be handled. */
    @ParameterizedTest
    @ValueSource(classes = {ApiKeyCommand.SettleCredits.class, ApiKeyCommand.CloseCredits.class})
    void whatIsFinalAndCannotBeToldSaysWhy(Class<?> untold) {
        bus.subscribe(ApiKeyCommand.SettleCredits.class.getName(), _ -> null);
        bus.subscribe(untold.getName(), _ -> {
            throw new PartUnavailableException("the process that handles commands starts anew", null);
        });

        assertThatThrownBy(() -> costs.close(ACCOUNT, Funds.lovelace(1))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be told what record cost in the end").hasCauseInstanceOf(PartUnavailableException.class);
    }
}
