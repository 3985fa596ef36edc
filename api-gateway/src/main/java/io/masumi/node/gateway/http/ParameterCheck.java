package io.masumi.node.gateway.http;

import io.masumi.node.escrow.TextRules;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses a query that cannot be decoded, and values that no stored text could equal. */
final class ParameterCheck implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        parameters(request).forEach((name, values) -> {
            if (!Arrays.stream(values).allMatch(TextRules::isStorable)) {
                throw Problem.invalid(name + " " + StorableTextDeserializer.REFUSAL);
            }
        });
        return true;
    }

    private static Map<String, String[]> parameters(HttpServletRequest request) {
        try {
            return request.getParameterMap();
        } catch (IllegalStateException e) {
            // What the servlet specification has a container throw for a wrong escape or wrong UTF-8.
            throw Problem.invalid("The query is not correctly encoded");
        }
    }
}
