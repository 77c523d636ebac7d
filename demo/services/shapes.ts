/** Rows of the database, as the driver gives them. */
export interface ProductRow {
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
  readonly description?: string | null;
  readonly category: string;
  readonly price_cents: number;
  readonly discount_percent: number | null;
  readonly stock: number;
  readonly rating: number | null;
  readonly tags: readonly string[];
  readonly updated_at?: Date;
}

export interface ItemRow {
  readonly sku: string;
  readonly quantity: number;
  readonly unit_cents: number;
}

export interface CartRow {
  readonly id: string;
  readonly coupon: string | null;
  readonly updated_at: Date;
  readonly total_cents: number;
  readonly items: readonly ItemRow[];
}

export interface OrderRow {
  readonly id: number;
  readonly status: string;
  readonly total_cents: number;
  readonly currency: string;
  readonly items: readonly ItemRow[];
  readonly shipping: unknown;
  readonly gift_note: string | null;
  readonly charge_id: string | null;
  readonly created_at: Date;
  readonly paid_at: Date | null;
}

/** Bodies that services send each other. */
export interface Charge {
  readonly id: string;
  readonly state: string;
}

export interface ChargeOrder {
  readonly amount_cents: number;
  readonly currency: string;
  readonly card_token: string;
}

export interface Reservation {
  readonly id: string;
}

export interface ReservationOrder {
  readonly cart_id: string;
  readonly items: readonly { readonly sku: string; readonly quantity: number }[];
}

export interface CheckoutOrder {
  readonly cart_id: string;
  readonly card_token: string;
  readonly shipping: string;
  readonly gift_note?: string;
}
