package io.masumi.node.chain.cardano.provider;

import com.bloxbean.cardano.client.api.model.ProtocolParams;
import java.math.BigDecimal;

/**
 * Holds what a provider says that the ledger charges against what Cardano ever charged: whoever answers for a chain must not be
 * able to make wallets pay their money away as fees and deposits, be it by malice or with a wrong unit.
 */
final class ProtocolParameterGuards {

    private static final BigDecimal TIMES = BigDecimal.valueOf(5);

    private ProtocolParameterGuards() {}

    /** @throws ProviderUnavailableException naming a parameter that is more than five times what Cardano has, or negative */
    static ProtocolParams required(ProtocolParams parameters) {
        require("min_fee_a", parameters.getMinFeeA(), "44");
        require("min_fee_b", parameters.getMinFeeB(), "155381");
        require("coins_per_utxo_size", parameters.getCoinsPerUtxoSize(), "4310");
        require("price_mem", parameters.getPriceMem(), "0.0577");
        require("price_step", parameters.getPriceStep(), "0.0000721");
        require("collateral_percent", parameters.getCollateralPercent(), "150");
        require("min_fee_ref_script_cost_per_byte", parameters.getMinFeeRefScriptCostPerByte(), "15");
        return parameters;
    }

    private static void require(String name, Object value, String usual) {
        if (value == null) {
            return;
        }
        BigDecimal most = new BigDecimal(usual).multiply(TIMES);
        BigDecimal found;
        try {
            found = new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            throw new ProviderUnavailableException("the chain provider's " + name + " is no number", e);
        }
        if (found.signum() < 0 || found.compareTo(most) > 0) {
            throw new ProviderUnavailableException("the chain provider says that " + name + " is " + found
                    + ", where Cardano has " + usual + ": nothing is paid by that", null);
        }
    }
}
