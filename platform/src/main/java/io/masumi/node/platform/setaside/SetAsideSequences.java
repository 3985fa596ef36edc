package io.masumi.node.platform.setaside;

import java.time.Clock;

import org.axonframework.eventhandling.EventHandlerInvoker;

import io.masumi.node.platform.axon.ClaimOwner;
import io.masumi.node.platform.serialization.EventNames;

/** Has the processing groups of this process set aside what they cannot handle, and try it again. */
public final class SetAsideSequences {

    private final SetAsideStore store;
    private final SetAsideRetries retries;
    private final EventNames names;
    private final ClaimOwner owner;
    private final Clock clock;

    SetAsideSequences(SetAsideStore store, SetAsideRetries retries, EventNames names, ClaimOwner owner, Clock clock) {
        this.store = store;
        this.retries = retries;
        this.names = names;
        this.owner = owner;
        this.clock = clock;
    }

    /** What that group's events are to be handed to. */
    public EventHandlerInvoker around(String group, EventHandlerInvoker components) {
        SettingAside handling = new SettingAside(group, components, store, names, owner.name(), clock);
        retries.of(group, handling);
        return handling;
    }
}
