package io.masumi.node.gateway;

import io.masumi.node.chain.CardanoAutoConfiguration;
import io.masumi.node.chain.EdgeKeyAutoConfiguration;
import io.masumi.node.gateway.access.AccessConfiguration;
import io.masumi.node.gateway.dispute.DisputeConfiguration;
import io.masumi.node.gateway.docs.DocsConfiguration;
import io.masumi.node.gateway.http.HttpConfiguration;
import io.masumi.node.gateway.message.MessageConfiguration;
import io.masumi.node.gateway.projection.ProjectionConfiguration;
import io.masumi.node.gateway.registry.RegistryConfiguration;
import io.masumi.node.gateway.sale.SaleConfiguration;
import io.masumi.node.gateway.source.SourceConfiguration;
import io.masumi.node.gateway.status.StatusConfiguration;
import io.masumi.node.gateway.wallet.WalletConfiguration;
import io.masumi.node.platform.ConditionalOnRole;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The HTTP API, for processes that play the gateway. */
@AutoConfiguration(before = ErrorMvcAutoConfiguration.class, after = {CardanoAutoConfiguration.class,
        EdgeKeyAutoConfiguration.class}, afterName = "org.axonframework.springboot.autoconfig.AxonAutoConfiguration")
@ConditionalOnRole("gateway")
@ConditionalOnWebApplication
@Import({HttpConfiguration.class, MessageConfiguration.class, AccessConfiguration.class, SaleConfiguration.class,
        RegistryConfiguration.class, WalletConfiguration.class,
        SourceConfiguration.class, StatusConfiguration.class, DisputeConfiguration.class, ProjectionConfiguration.class,
        DocsConfiguration.class})
public class GatewayAutoConfiguration {}
