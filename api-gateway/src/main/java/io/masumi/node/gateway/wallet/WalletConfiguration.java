package io.masumi.node.gateway.wallet;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The endpoints about wallets and addresses. */
@Configuration(proxyBeanMethods = false)
@Import({WalletController.class, AddressController.class})
public class WalletConfiguration {}
