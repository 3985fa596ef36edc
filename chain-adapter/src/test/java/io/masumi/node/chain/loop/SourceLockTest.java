package io.masumi.node.chain.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.masumi.node.chain.NodeOnDevelopmentNetwork;
import io.masumi.node.source.PaymentSourceId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is locked on the way to a chain provider that keeps the node waiting. */
@Tag("slow")
class SourceLockTest {

    /** More than the node has connections to work with. */
    private static final int MANY = 30;

    @Test
    void manySourcesAtWorkLeaveConnectionsForEverythingElse() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            List<Integer> answers = new ArrayList<>();
            locked(node.bean(SourceLock.class), MANY, () -> answers.add(node.database().sql("SELECT 1").query(Integer.class).single()));
            assertThat(answers).containsExactly(1);
        }
    }

    @Test
    void whatIsLockedIsLeftAloneAndFreeAfterwardsAlsoWhenTheWorkFails() {
        try (NodeOnDevelopmentNetwork node = new NodeOnDevelopmentNetwork()) {
            SourceLock lock = node.bean(SourceLock.class);
            PaymentSourceId source = new PaymentSourceId("cbusy");
            List<String> done = new ArrayList<>();
            lock.ifFree("work", source, () -> {
                lock.ifFree("work", source, () -> done.add("same"));
                lock.ifFree("other work", source, () -> done.add("other"));
            });
            try {
                lock.ifFree("work", source, () -> {
                    throw new IllegalStateException("fails");
                });
            } catch (IllegalStateException e) {
                done.add(e.getMessage());
            }
            lock.ifFree("work", source, () -> done.add("again"));
            assertThat(done).containsExactly("other", "fails", "again");
        }
    }

    private static void locked(SourceLock lock, int times, Runnable innermost) {
        if (times == 0) {
            innermost.run();
        } else {
            lock.ifFree("test", new PaymentSourceId("csource" + times), () -> locked(lock, times - 1, innermost));
        }
    }
}
