package io.masumi.node.devnet.blockfrost;

import io.masumi.node.devnet.http.HttpError;
import io.masumi.node.devnet.http.HttpRequest;
import java.util.function.BiConsumer;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ArrayNode;

import java.util.List;
import java.util.Optional;

/**
 * Blockfrost's paging: pages of at most 100, counted from 1, oldest first unless asked otherwise.
 *
 * @param newestFirst whether the order is descending
 */
record Page(int count, int number, boolean newestFirst) {
    private static final int LARGEST = 100;
    private static final int LAST_PAGE = 21_474_836;

    static Page of(HttpRequest request) {
        String order = request.query("order").orElse("asc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw HttpError.badRequest("querystring/order must be equal to one of the allowed values");
        }
        return new Page(number(request, "count", LARGEST, LARGEST), number(request, "page", 1, LAST_PAGE), order.equals("desc"));
    }

    private static int number(HttpRequest request, String name, int otherwise, int most) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.get().matches("-?\\d{1,18}")) {
            throw HttpError.badRequest("querystring/" + name + " must be integer");
        }
        long value = Long.parseLong(text.get());
        if (value < 1) {
            throw HttpError.badRequest("querystring/" + name + " must be >= 1");
        }
        if (value > most) {
            throw HttpError.badRequest("querystring/" + name + " must be <= " + most);
        }
        return (int) value;
    }

    /** @param oldestFirst everything there is */
    <T> List<T> of(List<T> oldestFirst) {
        return (newestFirst ? oldestFirst.reversed() : oldestFirst).stream().skip((long) (number - 1) * count).limit(count).toList();
    }

    /** The page as a list of objects. */
    <T> ArrayNode json(List<T> oldestFirst, BiConsumer<ObjectNode, T> members) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        of(oldestFirst).forEach(each -> members.accept(rows.addObject(), each));
        return rows;
    }
}
