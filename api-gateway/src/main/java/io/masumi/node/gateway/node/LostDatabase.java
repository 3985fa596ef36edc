package io.masumi.node.gateway.node;

import io.masumi.node.platform.database.DatabaseLost;
import java.util.function.Consumer;
import org.springframework.context.ApplicationListener;

/** Without its database the node is of no use. */
record LostDatabase(Consumer<String> broken) implements ApplicationListener<DatabaseLost> {

    @Override
    public void onApplicationEvent(DatabaseLost event) {
        broken.accept(event.why());
    }
}
