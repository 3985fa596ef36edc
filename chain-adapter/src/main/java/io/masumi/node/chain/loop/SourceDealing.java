package io.masumi.node.chain.loop;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.masumi.node.platform.processes.Announcements;
import io.masumi.node.platform.processes.Dealing;
import io.masumi.node.platform.processes.NodeProcesses;
import io.masumi.node.source.PaymentSourceId;

/** Deals out the payment sources evenly among the living processes that act on the chain, and lets them wake each other. */
public final class SourceDealing {

    private static final String WORK = "payment-sources";

    private final NodeProcesses processes;
    private final Announcements announcements;

    public SourceDealing(NodeProcesses processes, Announcements announcements) {
        this.processes = processes;
        this.announcements = announcements;
        processes.worksAt(WORK);
    }

    /** Those that this process is to work on now. */
    Set<PaymentSourceId> ours(Collection<PaymentSourceId> all) {
        Map<String, String> dealt = Dealing.deal(all.stream().map(PaymentSourceId::value).toList(), processes.workersAt(WORK));
        return all.stream().filter(id -> dealt.get(id.value()).equals(processes.id())).collect(Collectors.toSet());
    }

    /** There is something to do for a source that another process works on. */
    void wake(String work, PaymentSourceId source) {
        announcements.tell(topic(work), List.of(source.value()));
    }

    /** @param waker is told of sources for which another process has something to do */
    void whenWoken(String work, Consumer<PaymentSourceId> waker) {
        announcements.hear(topic(work), ids -> ids.stream().map(PaymentSourceId::new).forEach(waker));
    }

    private static String topic(String work) {
        return WORK + "/" + work;
    }
}
