package io.masumi.node.platform.deadline;

import java.util.List;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SystemClock;
import com.github.kagkarlsson.scheduler.Waiter;
import com.github.kagkarlsson.scheduler.task.Task;

/** Judges what is due by the clock it is given but polls by real time: a test's clock that stands still would stop the polling. */
final class WallClockPolling extends SchedulerBuilder {

    WallClockPolling(DataSource dataSource, List<Task<?>> tasks) {
        super(dataSource, tasks);
    }

    @Override
    protected Waiter buildWaiter() {
        return new Waiter(poolingInterval, new SystemClock());
    }
}
