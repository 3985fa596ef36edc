package io.masumi.node.gateway.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.masumi.node.query.WireRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A record that a view has rendered already; it is copied into the reply as it is. */
@Schema(type = "object", description = "The record as the wire contract describes it")
public record RecordJson(@JsonValue @JsonRawValue String json) {

    public static RecordJson of(WireRecord row) {
        return new RecordJson(row.json());
    }

    public static List<RecordJson> of(List<WireRecord> rows) {
        return rows.stream().map(RecordJson::of).toList();
    }
}
