package io.masumi.node.gateway.http;

import io.masumi.node.RejectedException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.ValueInstantiationException;

/** Turns every failure of a request into the envelope: what the client did wrong in words, our own faults as an id only. */
@RestControllerAdvice
final class ErrorReplies {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorReplies.class);

    static final String OUR_FAULT = "Internal server error; the " + CorrelationFilter.HEADER + " header identifies it in the node's log";

    @ExceptionHandler
    ResponseEntity<ErrorReply> on(Problem problem) {
        if (problem.status().is5xxServerError()) {
            LOG.warn("{}", problem.getMessage(), problem.getCause());
        }
        return json(problem.status(), new HttpHeaders(), ErrorReply.of(problem));
    }

    @ExceptionHandler
    ResponseEntity<ErrorReply> on(RejectedException refused) {
        return on(Problem.of(refused.rejection()));
    }

    @ExceptionHandler
    ResponseEntity<ErrorReply> on(BindException failure) {
        return invalid(words(failure.getBindingResult()));
    }

    @ExceptionHandler
    ResponseEntity<ErrorReply> on(HttpMessageNotReadableException failure) {
        return switch (failure.getCause()) {
            case StreamConstraintsException _ -> invalid(
                    "The body is too large: as a whole, in how deep it is nested, or in one of its texts, numbers or names");
            case InvalidFormatException wrong when wrong.getTargetType() != null && wrong.getTargetType().isEnum() -> invalid(
                    path(wrong) + " must be one of " + names(wrong.getTargetType()));
            case ValueInstantiationException wrong when wrong.getCause() instanceof IllegalArgumentException why -> invalid(
                    path(wrong) + " " + why.getMessage());
            case MismatchedInputException wrong when !wrong.getPath().isEmpty() -> invalid(
                    path(wrong) + " must be " + kind(wrong.getTargetType()));
            case MismatchedInputException _ -> invalid("The body must be a JSON object");
            case JacksonException broken -> invalid(broken.getLocation() == null
                    ? "The body is not JSON"
                    : "The body is not JSON at line " + broken.getLocation().getLineNr() + ", column "
                            + broken.getLocation().getColumnNr());
            case null, default -> invalid("The body is missing or not JSON");
        };
    }

    @ExceptionHandler
    ResponseEntity<ErrorReply> on(Exception failure) {
        if (failure instanceof ErrorResponse known) {
            HttpStatusCode status = known.getStatusCode();
            if (!status.is5xxServerError()) {
                return json(status, known.getHeaders(), ErrorReply.of(words(failure, status)));
            }
        }
        LOG.error("A request failed", failure);
        return json(HttpStatus.INTERNAL_SERVER_ERROR, new HttpHeaders(), ErrorReply.of(OUR_FAULT));
    }

    private static String words(Exception failure, HttpStatusCode status) {
        return switch (failure) {
            case NoResourceFoundException _ -> "There is nothing at this path";
            case HttpRequestMethodNotSupportedException wrong -> "This path does not support " + wrong.getMethod();
            case HttpMediaTypeNotSupportedException _ -> "The body must be application/json";
            default -> HttpStatus.valueOf(status.value()).getReasonPhrase();
        };
    }

    private static ResponseEntity<ErrorReply> invalid(String message) {
        return json(HttpStatus.BAD_REQUEST, new HttpHeaders(), ErrorReply.of(message));
    }

    private static ResponseEntity<ErrorReply> json(HttpStatusCode status, HttpHeaders headers, ErrorReply body) {
        return ResponseEntity.status(status).headers(headers).contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static String words(BindingResult result) {
        return result.getAllErrors().stream().map(error -> {
            if (error instanceof FieldError field) {
                return WireNames.of(typeOf(result), field.getField()) + " " + why(field);
            }
            return error.getDefaultMessage();
        }).sorted().distinct().collect(Collectors.joining("; "));
    }

    private static Class<?> typeOf(BindingResult result) {
        return result.getTarget() == null ? null : result.getTarget().getClass();
    }

    private static String why(FieldError field) {
        if (field.isBindingFailure() && field.contains(TypeMismatchException.class)) {
            Class<?> wanted = field.unwrap(TypeMismatchException.class).getRequiredType();
            return wanted != null && wanted.isEnum() ? "must be one of " + names(wanted) : "must be " + kind(wanted);
        }
        return field.getDefaultMessage();
    }

    private static String path(JacksonException failure) {
        List<JacksonException.Reference> steps = failure.getPath();
        String path = steps.stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining());
        return path.startsWith(".") ? path.substring(1) : path.isEmpty() ? "The body" : path;
    }

    private static String names(Class<?> enumeration) {
        return Arrays.stream(enumeration.getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String kind(Class<?> wanted) {
        if (wanted == null) {
            return "of another type";
        }
        if (CharSequence.class.isAssignableFrom(wanted)) {
            return "a string";
        }
        if (Number.class.isAssignableFrom(wanted) || wanted == int.class || wanted == long.class) {
            return "a whole number";
        }
        if (wanted == Boolean.class || wanted == boolean.class) {
            return "true or false";
        }
        return Iterable.class.isAssignableFrom(wanted) || wanted.isArray() ? "a list" : "an object";
    }
}
