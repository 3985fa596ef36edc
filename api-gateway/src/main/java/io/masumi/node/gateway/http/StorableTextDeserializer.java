package io.masumi.node.gateway.http;

import io.masumi.node.escrow.TextRules;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.type.LogicalType;

/** Reads every text of a body, and refuses what could not be stored. */
final class StorableTextDeserializer extends StdScalarDeserializer<String> {

    private static final long serialVersionUID = 1L;

    static final String REFUSAL = "must not contain the character U+0000 or half a surrogate pair";

    StorableTextDeserializer() {
        super(String.class);
    }

    @Override
    public LogicalType logicalType() {
        return LogicalType.Textual;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) {
        String text = StringDeserializer.instance.deserialize(parser, context);
        if (text != null && !TextRules.isStorable(text)) {
            throw ValueInstantiationException.from(parser, REFUSAL, getValueType(context), new IllegalArgumentException(REFUSAL));
        }
        return text;
    }
}
