"""Pure values of the domain: vocabulary, piece, recipe, prompt, render states. No I/O, any process, any thread."""
