"""At home in what people use already: one module and one extra each. Nothing of the core imports them."""
