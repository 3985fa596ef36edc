package io.masumi.node.platform.setaside;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import org.axonframework.common.AxonTransientException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.masumi.node.platform.failure.PartUnavailableException;

/** Tells a failure that comes of the event that was handled from one that any event would have met with then. */
final class FaultyEvent {

    /** SQLSTATE classes: data exception, constraint violation, raised by a function of ours, more than a row or an index holds. */
    private static final String OF_THE_DATA = "22 23 P0 54";

    private FaultyEvent() {}

    /** Whether another event would have been handled. If in doubt it would: what is set aside is tried again soon. */
    static boolean isReasonFor(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Error) {
                return false;
            }
            if (cause instanceof SQLException refused) {
                return isOfTheData(refused.getSQLState());
            }
            if (isOfTheProcess(cause)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfTheData(String state) {
        return state != null && state.length() == 5 && OF_THE_DATA.contains(state.substring(0, 2));
    }

    private static boolean isOfTheProcess(Throwable cause) {
        return switch (cause) {
            case JsonProcessingException _ -> false;
            case IOException _,InterruptedException _,TimeoutException _,CancellationException _,RejectedExecutionException _ -> true;
            case TransientDataAccessException _,DataAccessResourceFailureException _,TransactionException _ -> true;
            case AxonTransientException _,PartUnavailableException _ -> true;
            default -> false;
        };
    }
}
