package io.masumi.node.query.access;

import io.masumi.node.query.projection.ViewReader;
import io.masumi.node.query.access.ApiKeyQuery.FindApiKey;
import io.masumi.node.query.access.ApiKeyQuery.ListApiKeys;
import java.util.List;
import org.axonframework.queryhandling.QueryHandler;

final class ApiKeyQueries {

    private final ViewReader<ApiKeyView> views;

    ApiKeyQueries(ViewReader<ApiKeyView> views) {
        this.views = views;
    }

    @QueryHandler
    ApiKeyView on(FindApiKey query) {
        return views.find(query.keyId().value());
    }

    @QueryHandler
    List<ApiKeyView> on(ListApiKeys query) {
        return views.list(views.page().from(query.cursorId()), query.take());
    }
}
