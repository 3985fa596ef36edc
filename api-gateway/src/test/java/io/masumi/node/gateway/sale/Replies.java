package io.masumi.node.gateway.sale;

import io.masumi.node.gateway.HttpProbe.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** A node's replies to a list of requests, to be held against another node's. */
final class Replies {

    private final Map<String, Answer> byRequest = new LinkedHashMap<>();

    /** @return the reply itself */
    Answer note(String request, Answer reply) {
        if (byRequest.putIfAbsent(request, reply) != null) {
            throw new IllegalArgumentException("There is a request already: " + request);
        }
        return reply;
    }

    /** How they are told apart: other requests, status codes, members, or kinds of values. What is null or empty is like anything. */
    List<String> differencesFrom(Replies other) {
        List<String> found = new ArrayList<>();
        if (!byRequest.keySet().equals(other.byRequest.keySet())) {
            found.add(byRequest.keySet() + " against " + other.byRequest.keySet());
        }
        byRequest.forEach((request, reply) -> {
            Answer others = other.byRequest.get(request);
            if (others == null) {
                return;
            }
            if (reply.status() != others.status()) {
                found.add(request + ": " + reply.status() + " " + reply.text() + " against " + others.status() + " " + others.text());
            } else {
                compare(request, reply.json(), others.json(), found);
            }
        });
        return found;
    }

    private static void compare(String path, JsonNode one, JsonNode other, List<String> found) {
        if (one.isNull() || other.isNull()) {
            return;
        }
        if (one.getNodeType() != other.getNodeType()) {
            found.add(path + ": " + one + " against " + other);
        } else if (one.isObject()) {
            TreeSet<String> names = new TreeSet<>(one.propertyNames());
            if (!names.equals(new TreeSet<>(other.propertyNames()))) {
                found.add(path + ": " + one + " against " + other);
            }
            names.forEach(name -> {
                if (other.has(name)) {
                    compare(path + "/" + name, one.get(name), other.get(name), found);
                }
            });
        } else if (one.isArray() && !one.isEmpty() && !other.isEmpty()) {
            compare(path + "/0", one.get(0), other.get(0), found);
        }
    }
}
