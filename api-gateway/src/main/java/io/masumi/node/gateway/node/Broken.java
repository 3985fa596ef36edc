package io.masumi.node.gateway.node;

import io.masumi.node.platform.CannotGoOn;
import java.util.function.Consumer;
import org.springframework.context.ApplicationListener;

/** Tells whoever runs the node that it is of no use any more. */
record Broken(Consumer<String> whom) implements ApplicationListener<CannotGoOn> {

    @Override
    public void onApplicationEvent(CannotGoOn event) {
        whom.accept(event.why());
    }
}
