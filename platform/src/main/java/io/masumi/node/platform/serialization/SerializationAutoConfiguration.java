package io.masumi.node.platform.serialization;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.springboot.autoconfig.AxonAutoConfiguration;
import org.axonframework.springboot.autoconfig.AxonServerBusAutoConfiguration;
import org.axonframework.springboot.autoconfig.ObjectMapperAutoConfiguration;
import org.springframework.beans.factory.BeanClassLoaderAware;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

import com.fasterxml.jackson.databind.ObjectMapper;

/** One serializer for events and all that Axon stores, and one for messages that other processes may have sent. */
@AutoConfiguration(before = {ObjectMapperAutoConfiguration.class, AxonAutoConfiguration.class, AxonServerBusAutoConfiguration.class})
public class SerializationAutoConfiguration implements BeanClassLoaderAware {

    private ClassLoader loader = SerializationAutoConfiguration.class.getClassLoader();

    @Override
    public void setBeanClassLoader(ClassLoader classLoader) {
        loader = classLoader;
    }

    /** Under the name at which Axon would otherwise put a mapper of its own; only the serializer should use it. */
    @Bean("defaultAxonObjectMapper")
    ObjectMapper storedJson() {
        return StoredJson.mapper();
    }

    @Bean
    EventNames eventNames() {
        return EventNames.inPackage("io.masumi.node", loader);
    }

    @Bean
    EventUpcaster earlierRevisions() {
        return new EarlierRevisions();
    }

    @Bean
    SagaNames sagaNames() {
        return SagaNames.inPackage("io.masumi.node", loader);
    }

    @Bean
    @Primary
    Serializer serializer(EventNames names, SagaNames sagas, ObjectMapper storedJson) {
        return new EventNameSerializer(names, sagas, storedJson, loader);
    }

    /** Named, because Axon would take the messages' for events too. */
    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(@Qualifier("serializer") Serializer serializer) {
        return serializer;
    }

    @Bean
    @Qualifier("messageSerializer")
    MessageSerializer messageSerializer(ObjectMapper storedJson, ObjectProvider<MessageJson> special) {
        return new MessageSerializer(storedJson, special.stream().toList(), loader);
    }
}
