"""`birchtree train --task crowns`: from training sets to a published model, step by step and resumable."""
