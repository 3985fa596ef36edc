package io.masumi.node.query.projection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.masumi.node.escrow.Amount;
import io.masumi.node.escrow.Funds;
import io.masumi.node.escrow.PaymentSourceRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** How the wire contract writes times, money and lists (docs/api.md, "Manners"). */
public final class WireFormat {

    private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int ADA_DIGITS = 6;

    private WireFormat() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** ISO-8601 with milliseconds and Z, or null. */
    public static String iso(Instant instant) {
        return instant == null ? null : MILLISECONDS.format(instant);
    }

    /** A number of ada, exact. */
    public static BigDecimal ada(long lovelace) {
        BigDecimal ada = BigDecimal.valueOf(lovelace, ADA_DIGITS).stripTrailingZeros();
        return ada.scale() < 0 ? ada.setScale(0) : ada;
    }

    /** Decimal digits, or null. */
    public static String decimal(BigInteger quantity) {
        return quantity == null ? null : quantity.toString();
    }

    /** Amounts as {@code {amount, unit}}, lovelace under the unit {@code ""}. */
    public static ArrayNode funds(Funds funds) {
        return amounts(funds.amounts());
    }

    /** In the order given: of requested funds it is signed. */
    public static ArrayNode amounts(List<Amount> amounts) {
        return array(amounts, each -> object().put("amount", decimal(each.amount())).put("unit", each.unit()));
    }

    /** The amounts alone, for a view's column of that name. */
    public static String[] amounts(Funds funds) {
        return funds.amounts().stream().map(Amount::amount).map(WireFormat::decimal).toArray(String[]::new);
    }

    public static ObjectNode paymentSource(PaymentSourceRef source) {
        return object().put("id", source.id()).put("network", source.network().name()).put("paymentSourceType", source.type().name())
                .put("smartContractAddress", source.smartContractAddress()).put("policyId", source.policyId());
    }

    public static <T> ArrayNode array(Collection<T> elements, Function<T, ObjectNode> render) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
        elements.forEach(element -> array.add(render.apply(element)));
        return array;
    }
}
