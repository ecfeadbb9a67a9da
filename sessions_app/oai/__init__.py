"""What libraries harvest (OAI-PMH 2.0): published recordings and conferences, and what has ceased to be."""
