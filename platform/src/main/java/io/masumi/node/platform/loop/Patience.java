package io.masumi.node.platform.loop;

import java.time.Duration;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;

/** Waiting for what will mostly be so in a moment. */
public final class Patience {

    private Patience() {}

    /**
     * Looks again and again as long as the patience lasts, and then fails as the last look did.
     *
     * @param patience zero for one look
     * @param between from one look to the next
     * @param notYet how a look fails when waiting may help; any other failure ends it
     */
    public static RetryTemplate of(Duration patience, Duration between, Class<? extends Throwable> notYet) {
        return new RetryTemplate(RetryPolicy.builder().maxRetries(patience.isZero() ? 0 : Long.MAX_VALUE).delay(between).timeout(patience)
                .includes(notYet).build());
    }
}
