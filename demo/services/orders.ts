import { cancelOrder, listOrders, showOrder } from './orders-book.ts';
import { addItem, showCart } from './orders-carts.ts';
import { checkout } from './orders-checkout.ts';
import { route, runService } from './service.ts';

/** Carts, checkout and the book of orders; clears expired carts in the background. */
runService(
  [
    route('GET', '/carts/:', showCart),
    route('POST', '/carts/:/items', addItem),
    route('POST', '/orders', checkout),
    route('GET', '/orders', listOrders),
    route('GET', '/orders/:', showOrder),
    route('POST', '/orders/:/cancel', cancelOrder),
  ],
  {
    every: (has) => (has('background') ? 300 : 700),
    run: async ({ calls }) => {
      await calls.sql('SELECT count(*) AS expired FROM carts WHERE expires_at < now()');
    },
  },
);
