package io.masumi.node.gateway.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Failures that the web server finds before it knows any application, such as a path that cannot be decoded. */
final class EnvelopeErrorReport extends ErrorReportValve {

    private static final int FIRST_ERROR = 400;

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(response.getStatus());
        String message = status == null || status.is5xxServerError() ? ErrorReplies.OUR_FAULT : status.getReasonPhrase();
        if (response.getHeader(CorrelationFilter.HEADER) == null) {
            response.setHeader(CorrelationFilter.HEADER, UUID.randomUUID().toString());
        }
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        try {
            response.getReporter().write(JsonMapper.shared().writeValueAsString(ErrorReply.of(message)));
            response.finishResponse();
        } catch (IOException e) {
            // The client is gone.
        }
    }
}
