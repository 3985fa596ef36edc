package io.masumi.node.gateway.http;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * A time as the creation of a payment has it: an ISO-8601 date, or date and time with or without offset; UTC without.
 *
 * @param millis Unix milliseconds
 */
@Schema(type = "string", format = "date-time")
public record WireTime(long millis) {

    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();
    private static final String WANTED = "must be a string with an ISO-8601 date or date and time, such as 2030-01-31T12:00:00.000Z";

    /** Takes whatever JSON a client sends, to have words of its own for a number. @throws IllegalArgumentException with words for the client */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static WireTime of(Object json) {
        if (json instanceof String text) {
            return parse(text);
        }
        throw new IllegalArgumentException(WANTED);
    }

    /** @throws IllegalArgumentException with words for the client */
    public static WireTime parse(String text) {
        try {
            if (text.length() <= 10) {
                return new WireTime(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
            }
            boolean local = text.indexOf('Z') < 0 && text.indexOf('z') < 0 && text.indexOf('+', 10) < 0 && text.indexOf('-', 10) < 0;
            return new WireTime((local ? LocalDateTime.parse(text).toInstant(ZoneOffset.UTC) : OffsetDateTime.parse(text).toInstant())
                    .toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw new IllegalArgumentException(WANTED, e);
        }
    }

    /** As records have times. */
    public static String text(Instant time) {
        return TEXT.format(time);
    }

    /** Unix milliseconds, null for null. */
    public static Long orNull(WireTime time) {
        return time == null ? null : time.millis;
    }
}
