"""A server that lies about data, and the sentence each lie ends in (docs/threats.md).

Fellow members are Python; the victim is a real browser. `Liar` sits between browser and server and changes answers.
"""
