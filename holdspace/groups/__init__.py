"""Groups as the server knows them: a signed log, and what follows from it.

Words: an *entry* is one signed change of who belongs; the *projection* is what rows say of the log so that questions
are one statement; a *box* is a key sealed to one member; an *ask* is somebody waiting to join; a *card* is what an
invite shows before sign-up. The log is the truth: rows of the projection can be thrown away and rebuilt.

Never: opens a box, sends an invite, or answers "not yours" differently from "not there".
"""
