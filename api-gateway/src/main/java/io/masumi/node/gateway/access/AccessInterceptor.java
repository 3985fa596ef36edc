package io.masumi.node.gateway.access;

import io.masumi.node.gateway.http.Problem;
import io.masumi.node.query.access.ApiKeyView;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/** Lets a request through to its controller only with a valid key of enough permission, and hands that key on. */
final class AccessInterceptor implements HandlerInterceptor, HandlerMethodArgumentResolver {

    private static final String CALLER = Caller.class.getName();
    private static final String BEARER = "Bearer ";

    private final AccessTokens tokens;
    private final KeyChecks keys;

    AccessInterceptor(AccessTokens tokens, KeyChecks keys) {
        this.tokens = tokens;
        this.keys = keys;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod endpoint && !endpoint.hasMethodAnnotation(OpenToAll.class)) {
            response.setHeader("Cache-Control", "no-store");
            request.setAttribute(CALLER, new Caller(check(tokenOf(request), neededFor(endpoint))));
        }
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest request,
            WebDataBinderFactory binders) {
        Object caller = request.getAttribute(CALLER, RequestAttributes.SCOPE_REQUEST);
        if (caller == null) {
            throw new IllegalStateException("An endpoint that is open to all has no caller");
        }
        return caller;
    }

    private ApiKeyView check(String token, Permission needed) {
        ApiKeyView key = keys.find(tokens.keyId(token)).filter(found -> !found.revoked())
                .orElseThrow(() -> Problem.unauthorized("The API key is unknown or revoked"));
        if (!needed.isHeldBy(key.permissions())) {
            throw Problem.unauthorized("This API key may not do this: it needs the permission " + needed.name().toLowerCase(
                    java.util.Locale.ROOT));
        }
        return key;
    }

    private static Permission neededFor(HandlerMethod endpoint) {
        Needs needs = endpoint.getMethodAnnotation(Needs.class);
        return needs == null ? Permission.ADMIN : needs.value();
    }

    private static String tokenOf(HttpServletRequest request) {
        String token = request.getHeader("token");
        if (token == null) {
            String authorization = request.getHeader("Authorization");
            if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                token = authorization.substring(BEARER.length()).strip();
            }
        }
        if (token == null || token.isBlank()) {
            throw Problem.unauthorized("An API key is needed in the header 'token'");
        }
        if (token.length() > AccessTokens.LONGEST) {
            throw Problem.unauthorized("The API key is unknown or revoked");
        }
        return token;
    }
}
