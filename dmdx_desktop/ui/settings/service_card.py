"""The card of one service: who does its kind of work, its keys, how it does. GUI thread; the core does the rest."""

from typing import Final

from pydantic import SecretStr
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dmdx_desktop.errors import UsageError
from dmdx_desktop.models.connecting import ChooseWay, Keeping, RemoveConnection, SetConnection
from dmdx_desktop.models.connection import (
    LONGEST_URL,
    ConnectionReport,
    SecretName,
    Service,
    Way,
    checked_base_url,
)
from dmdx_desktop.ui.failure_words import error_words
from dmdx_desktop.ui.look import Button, Look, Variant, say
from dmdx_desktop.ui.notices import announce
from dmdx_desktop.ui.settings.card_parts import (
    WIDEST_FIELD,
    Card,
    DeedRow,
    Disclosure,
    KeyField,
    Note,
    beside_labels,
    bring_into_view,
    caption,
    plain_field,
    show_text,
)
from dmdx_desktop.ui.settings.card_words import CardWords
from dmdx_desktop.ui.settings.connection_facts import (
    PURPOSE_OF,
    READING,
    SAVING,
    TESTING,
    ConnectionFacts,
    ServiceFacts,
    kept_words,
    state_of,
)
from dmdx_desktop.ui.settings.connection_talk import ConnectionTalk
from dmdx_desktop.ui.settings.refusal_note import ASKED_AGAIN, RefusalNote
from dmdx_desktop.ui.settings.tested_words import Tested
from dmdx_desktop.ui.widgets.segmented import Segmented
from dmdx_desktop.ui.wording import tr

NO_KEY: Final = "Save a key first."


class ServiceCard(Card):
    """Heirs add fields of their service with :meth:`add_setting`, before or behind “Advanced”."""

    def __init__(self, look: Look, talk: ConnectionTalk, service: Service, words: CardWords) -> None:
        super().__init__(look, words.icon, words.heading, words.detail)
        self.service: Final = service
        self._talk, self._words = talk, words
        self._facts = ServiceFacts(service)
        self._vault = "empty"
        self._is_testing = self._is_waited_for = False
        self._report: ConnectionReport | None = None
        self._unkept: dict[SecretName, SecretStr] = {}
        """What could not be kept, until somebody said how to; dropped when nobody does."""
        self._settings: dict[str, QLineEdit] = {}
        choices = [(Way.LOCAL.value, tr(words.local)), (Way.OWN_KEYS.value, tr(words.own))]
        self.way = Segmented(look, choices, tr("{work}: done by", work=tr(words.heading)))
        self.way.setMaximumWidth(WIDEST_FIELD)
        self.way.choose(Way.LOCAL.value)
        self.way.enable(Way.OWN_KEYS.value, False, tr(NO_KEY))
        self.way.chosen.connect(self._choose)
        self.add_row("Done by", self.way)
        self.keys: dict[SecretName, KeyField] = {}
        for secret, text in words.keys:
            self.add_key(secret, text, self.body)
        self._add_settings()
        self.keeping = Segmented(
            look, [(one.value, tr(one.label)) for one in Keeping], tr("{name}: keep the key", name=service.label)
        )
        self.keeping.setMaximumWidth(WIDEST_FIELD)
        self.keeping.choose(Keeping.VAULT.value)
        self._keeping_row = self.add_row("Keep it", self.keeping)
        self._keeping_row.hide()
        self._kept = caption()
        self._kept_row = beside_labels(self._kept)
        self._kept_row.hide()
        self.body.addWidget(self._kept_row)
        self._add_deeds(look)
        self.note = Note(look)
        self.note.add_way_out("Close", self._close_note)
        self.refusal = RefusalNote(look, self._keep, self._drop_unkept)
        self.question = self._made_question(look)
        for part in (*self._own_notes(), self.note, self.refusal, self.question):
            self.body.addWidget(part)
        self._add_advanced(self._rows_of_advanced)
        self._add_second_save(look)
        self.body.addWidget(self._behind_advanced)
        self._add_more()
        self.result = Tested(look)
        self.body.addWidget(self.result)
        self.show_state(READING)
        talk.told.connect(self.show_facts)
        talk.testing.connect(self._on_testing)
        talk.tested.connect(self._on_tested)
        talk.untested.connect(self._on_untested)

    @property
    def is_usable(self) -> bool:
        """Whether there is something to test."""
        return self._facts.is_usable

    def show_facts(self, facts: ConnectionFacts) -> None:
        """Show how things stand."""
        self._facts, self._vault = facts.services[self.service], facts.vault
        mine = self._facts
        has_other_key = mine.is_usable and mine.keys == "environment" and mine.way is Way.OWN_KEYS
        self.way.enable(Way.OWN_KEYS.value, mine.is_usable, "" if mine.is_usable else tr(NO_KEY))
        self.way.enable(
            Way.LOCAL.value, not has_other_key, tr("The environment of this start says so.") if has_other_key else ""
        )
        self.way.choose((mine.way if mine.is_usable else Way.LOCAL).value)
        say(self._kept, kept_words(mine))
        self._kept_row.setVisible(mine.keys != "nowhere")
        for field in self.keys.values():
            field.setPlaceholderText(tr("Saved. Paste a new one to replace it.") if mine.has_own_keys else "")
        self.test.setVisible(mine.is_usable)
        self.remove.setVisible(mine.has_own_keys)
        if not mine.has_own_keys:
            self.question.hide()
        for name, text in self._shown_settings(mine).items():
            show_text(self._settings[name], text)
        self._show_now()

    def save(self) -> None:
        """Send what was typed and what was changed; what was typed is gone from here then."""
        changes = self._changes()
        if changes is None:
            return
        secrets = {name: secret for name, field in self.keys.items() if (secret := field.take()) is not None}
        if not secrets and not changes:
            self.note.tell(tr("Nothing was changed. Paste a key first."))
            next(iter(self.keys.values())).setFocus()
            return
        self._send(secrets, changes, Keeping(self.keeping.value), None)

    def forget_typed(self) -> None:
        """Nobody looks at the card any more: secrets that were typed and not sent are not kept in it."""
        self._unkept = {}
        for field in self.keys.values():
            field.take()
        self.refusal.forget_typed()
        self._hide_notes()

    def add_key(self, secret: SecretName, label: str, to: QVBoxLayout, remark: str = "") -> None:
        """A field for a key."""
        field = self.keys[secret] = KeyField(self._look, tr(label))
        self.add_row(label, field, to=to, remark=remark)
        field.textChanged.connect(self._offer_keeping)
        field.returnPressed.connect(self.save)

    def add_setting(self, name: str, label: str, field: QLineEdit, to: QVBoxLayout, remark: str = "") -> None:
        """A field of ``SetConnection`` that is no secret."""
        self._settings[name] = field
        self.add_row(label, field, to=to, remark=remark)
        field.returnPressed.connect(self.save)

    def _add_settings(self) -> None:
        """For heirs: fields below the keys."""

    def _own_deeds(self) -> list[Button]:
        """For heirs: buttons beside “Save”."""
        return []

    def _own_notes(self) -> list[Note]:
        """For heirs: remarks of their own."""
        return []

    def _add_advanced(self, rows: QVBoxLayout) -> None:
        """For heirs: what is of use to few."""

    def _add_more(self) -> None:
        """For heirs: what is done with the service besides its kind of work."""

    def _shown_settings(self, facts: ServiceFacts) -> dict[str, str]:
        """What the fields show, by the name of the setting."""
        return {"url": facts.url} if "url" in self._settings else {}

    def _changes(self) -> dict[str, object] | None:
        """What was changed of the settings; None where that cannot be, which is said then."""
        found: dict[str, object] = {
            name: field.text().strip() for name, field in self._settings.items() if field.isModified()
        }
        try:
            if found.get("url"):
                found["url"] = checked_base_url(str(found["url"]))
        except UsageError as error:
            self._on_refused(error.code, error_words(error))
            self._settings["url"].setFocus()
            return None
        return found

    def _send(
        self,
        secrets: dict[SecretName, SecretStr],
        changes: dict[str, object],
        keeping: Keeping,
        passphrase: SecretStr | None,
    ) -> None:
        was_local = self._facts.way is Way.LOCAL
        self._hide_notes()
        self.show_state(SAVING)

        def done(facts: ConnectionFacts) -> None:
            for field in self._settings.values():
                field.setModified(False)
            self._begin_anew(facts)
            if was_local and not secrets:  # a changed setting is no choice of who does the work
                self._talk.ask(ChooseWay(purpose=PURPOSE_OF[self.service], way=Way.LOCAL))
            announce(self, tr("Saved"))

        def refused(code: str, words: str) -> None:
            if code in ASKED_AGAIN:
                self._unkept = secrets
                self._show_now()
                self.refusal.ask(code, words)
            else:
                self._on_refused(code, words)

        values = {"secrets": secrets, "keeping": keeping, "passphrase": passphrase, **changes}
        self._talk.ask(SetConnection(service=self.service, **values), done, refused)

    def _keep(self, keeping: Keeping, passphrase: SecretStr | None) -> None:
        secrets, self._unkept = self._unkept, {}
        self._send(secrets, self._changes() or {}, keeping, passphrase)

    def _drop_unkept(self) -> None:
        self._unkept = {}
        self.refusal.hide()
        next(iter(self.keys.values())).setFocus()

    def _on_refused(self, code: str, words: str) -> None:
        del code
        self._show_now()
        self.note.tell(words)
        self._talk.refresh()

    def _choose(self, way: str) -> None:
        command = ChooseWay(purpose=PURPOSE_OF[self.service], way=Way(way))
        self._talk.ask(command, refused=self._on_refused)

    def _offer_keeping(self) -> None:
        typed = any(field.text() for field in self.keys.values())
        if typed:
            self._keeping_row.show()
            self.note.hide()

    def _ask_removing(self) -> None:
        self._hide_notes()
        words = tr("Remove the keys of {name} from this computer?", name=self.service.label)
        self.question.tell(f"{words} {tr(self._words.after_removing)}")
        self._keep_keys.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_removing(self) -> None:
        self.question.hide()
        self.remove.setFocus()

    def _remove(self) -> None:
        self.question.hide()
        next(iter(self.keys.values())).setFocus()
        self._talk.ask(RemoveConnection(service=self.service), self._begin_anew, self._on_refused)

    def _begin_anew(self, facts: ConnectionFacts) -> None:
        """What was tested before says nothing of what there is now."""
        self._report = None
        self.result.hide()
        self.show_facts(facts)

    def _on_testing(self, services: list[Service]) -> None:
        if self.service in services:
            self._is_testing = True
            self._show_now()

    def _on_tested(self, reports: list[ConnectionReport]) -> None:
        for report in reports:
            if report.service is self.service:
                self._report = report
                self.result.show_report(report)
                self._end_testing()

    def _on_untested(self, services: list[Service], words: str) -> None:
        if self.service in services:
            self.result.show_failure(words)
            self._end_testing()

    def _end_testing(self) -> None:
        self._is_testing = False
        if self._is_waited_for:
            bring_into_view(self.result)
        self._is_waited_for = False
        self._show_now()

    def _test(self) -> None:
        if not self._is_testing:
            self._is_waited_for = True
            self._talk.test(self.service)

    def _show_now(self) -> None:
        self.show_state(TESTING if self._is_testing else state_of(self._facts, self._vault, self._report))

    def _close_note(self) -> None:
        self.note.hide()
        next(iter(self.keys.values())).setFocus()

    def _hide_notes(self) -> None:
        self._keeping_row.hide()
        for note in (self.note, self.refusal, self.question):
            note.hide()

    def _add_deeds(self, look: Look) -> None:
        name = self.service.label
        self.deeds = DeedRow()
        self.save_button = Button(look, "Save")
        self.save_button.setAccessibleName(tr("Save {name}", name=name))
        self.save_button.clicked.connect(self.save)
        self.test = Button(look, "Test")
        self.test.setAccessibleName(tr("Test {name}", name=name))
        self.test.clicked.connect(self._test)
        self.remove = Button(look, "Remove", variant=Variant.QUIET)
        self.remove.setAccessibleName(tr("Remove {name}", name=name))
        self.remove.clicked.connect(self._ask_removing)
        self._behind_advanced = QWidget()
        self._rows_of_advanced = QVBoxLayout(self._behind_advanced)
        self._rows_of_advanced.setContentsMargins(0, 0, 0, 0)
        self._rows_of_advanced.setSpacing(10)
        self.disclosure = Disclosure(look, "Advanced", self._behind_advanced)
        self.disclosure.setAccessibleName(tr("Advanced: {name}", name=name))
        for button in (self.save_button, *self._own_deeds(), self.test, self.remove, self.disclosure):
            self.deeds.addWidget(button)
        self.test.hide()
        self.remove.hide()
        row = QWidget()
        row.setLayout(self.deeds)
        self.body.addWidget(beside_labels(row))

    def _add_second_save(self, look: Look) -> None:
        """So that nobody has to go back up."""
        button = Button(look, "Save")
        button.setAccessibleName(tr("Save {name}: advanced", name=self.service.label))
        button.clicked.connect(self.save)
        self._rows_of_advanced.addWidget(beside_labels(button))

    def _made_question(self, look: Look) -> Note:
        question = Note(look)
        question.add_button("Remove the keys", self._remove, Variant.DANGER)
        self._keep_keys = question.add_way_out("Keep them", self._leave_removing)
        return question

    def add_address(self, label: str, to: QVBoxLayout, hint: str = "") -> None:
        """The field for where the service is."""
        name = tr("{name}: {what}", name=self.service.label, what=tr(label))
        self.add_setting("url", label, plain_field(name, LONGEST_URL, hint), to)
