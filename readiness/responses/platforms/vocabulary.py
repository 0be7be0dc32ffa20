"""What platforms record by themselves, and how it is called in the languages they write.

Names are folded as `headings.key` does it. English, French, German, Spanish, Portuguese, Italian and Dutch, as far as
they are known; a name that is not here leaves its column a question, which costs a line of what was
ignored.
"""

from __future__ import annotations

from readiness.responses.platforms.headings import keys

_ABOUT = {
    "time stamp": (
        "Timestamp|Horodateur|Horodatage|Zeitstempel|Marca temporal|Marca de tiempo|Carimbo de data/hora|"
        "Informazioni cronologiche|Tijdstempel|Tidsstämpel|Tidsstempel|Tidsstempling|Sygnatura czasowa|Aikaleima|"
        "Отметка времени|Časová značka|Časová pečiatka|Zaman damgası|Időbélyeg|Marcaj de timp|Marca de temps|"
        "タイムスタンプ|时间戳记|Date submitted|Submit date|Submitted|Submission time|Submission date|Completion time|"
        "Completed|End date|End time|Start date|Start time|Started|Date started|Recorded date|Date last action|"
        "Last modified time|startdate|enddate|recordeddate|submitdate|datestamp|Start Date (UTC)|"
        "Stage Date (UTC)|Submit Date (UTC)|Survey Timestamp|endtime|Date de soumission|Date de lancement|"
        "Date de début|Date de fin|Date de la dernière action|Date d'enregistrement|Heure de début|Heure de fin|"
        "Heure de la dernière modification|Date de départ|Date d'envoi|starttime|Date modified|Datum Abgeschickt|"
        "Abgeschickt|Datum gestartet|Datum letzte Aktivität|Startdatum|Enddatum|Anfangsdatum|Submitted on|"
        "Startzeit|Fertigstellungszeit|Uhrzeit der letzten Änderung|Erfassungsdatum|Aufgezeichnetes Datum|"
        "Zeitpunkt|Fecha de envío|Fecha de inicio|Fecha de finalización|Fecha de la última acción|"
        "Fecha registrada|Fecha de registro|Hora de inicio|Hora de finalización|Hora de la última modificación|"
        "Data de envio|Data de início|Data de término|Data da última ação|Hora de início|Hora de conclusão|"
        "Hora da última modificação|Data de conclusão|Data registrada|Ora di inizio|Ora di completamento|"
        "Ora dell'ultima modifica|Data di invio|Data di inizio|Data di fine|Begintijd|Starttijd|"
        "Tijd van voltooien|Voltooiingstijd|Datum ingestuurd|Begindatum|Einddatum|Date created|"
        "Dernière modification|Grade posted time|Uhrzeit|submissiondate|Created at|Submitted at"
    ),
    "duration": (
        "Duration|Duration (in seconds)|Durée|Durée (en secondes)|Dauer|Dauer (in Sekunden)|Duración|Duração|"
        "interviewtime|Duración (en segundos)|Duração (em segundos)|Total time|Temps total|Gesamtzeit|"
        "Tiempo total|Tempo total|Time taken|Duration (sec)|Durata|Durata (in secondi)"
    ),
    "IP address": (
        "IP address|IPAddress|ipaddr|ip|Adresse IP|IP-Adresse|Dirección IP|Endereço IP|Indirizzo IP|IP-adres"
    ),
    "e-mail address": (
        "Email|E-mail|Email address|E-mail address|EmailAddress|Recipient email|RecipientEmail|Adresse e-mail|"
        "Courriel|Adresse de messagerie|Adresse électronique|Adresse email|E-Mail-Adresse|E-Mail des Empfängers|"
        "Correo electrónico|Dirección de correo electrónico|Endereço de e-mail|Endereço de email|"
        "Posta elettronica|Indirizzo email|E-mailadres|E-mail du destinataire|Indirizzo e-mail"
    ),
    "a person's name": (
        "Name|First name|Last name|Full name|FirstName|LastName|Recipient first name|Recipient last name|"
        "Username|RecipientFirstName|RecipientLastName|Nom|Prénom|Nom de famille|Nom d'utilisateur|Nom et prénom|"
        "Nachname|Vorname|Nachname des Empfängers|Vorname des Empfängers|Nutzername|Nombre|Apellido|Apellidos|"
        "Nombre de usuario|Nome|Sobrenome|Nome de usuário|Cognome|Naam|Voornaam|Achternaam|Nom du destinataire|"
        "Prénom du destinataire"
    ),
    "language": (
        "Start language|startlanguage|UserLanguage|User language|Langue de départ|Langue|Langue de l'utilisateur|"
        "Lang|Start-Sprache|Startsprache|Benutzersprache|Sprache|Idioma inicial|Lenguaje inicial|Idioma|"
        "Língua inicial|Taal|Idioma del usuario|Idioma do usuário|Lingua|Lingua iniziale|Starttaal|Q_Language"
    ),
    "progress": (
        "Last page|lastpage|Progress|Finished|Dernière page|Avancement|Progression|Terminé|Letzte Seite|"
        "Aktueller Stand|Fortschritt|Beendet|Abgeschlossen|Última página|Progreso|Finalizado|Progresso|Concluído|"
        "Ultima pagina|Laatste pagina|Verlauf|Response type|Complete?"
    ),
    "status": (
        "Status|Response status|Antworttyp|Type de réponse|Statut|Tipo de respuesta|Tipo de resposta|Estado|Tags|"
        "Ending|Stato"
    ),
    "score": (
        "Total points|Quiz feedback|Score|Total des points|Commentaires sur le questionnaire|"
        "Commentaires du quiz|Gesamtpunktzahl|Feedback zum Quiz|Quizfeedback|Total de puntos|"
        "Comentarios del cuestionario|Total de pontos|Comentários do teste|Punkte gesamt|Punktzahl|Puntuación|"
        "Pontuação"
    ),
    "location": (
        "LocationLatitude|LocationLongitude|LocationAccuracy|Location latitude|Location longitude|"
        "Breitengrad des Standorts|Längengrad des Standorts|Latitude de l'emplacement|Longitude de l'emplacement|"
        "Latitud de ubicación|Longitud de ubicación|Latitude|Longitude"
    ),
    "platform's own": (
        "Seed|Tête de série|Graine|Zufallsstartwert|Zufallsgeneratorstartwert|Semilla|Semente|Seme|Referrer URL|"
        "refurl|URL de référence|URL du référent|Verweis-URL|Weiterleitungs-URL|URL de referencia|"
        "URL de referência|Referer URL|Token|Access code|Code d'accès|Invitation|Zugangscode|Zugangsschlüssel|"
        "Código de acceso|Código de acesso|Jeton|Collector ID|ID du collecteur|Collector-ID|ID del recopilador|"
        "ID do coletor|ResponseSet|Response set|DistributionChannel|Distribution channel|Verteilungskanal|"
        "Canal de distribution|Canal de distribución|Canal de distribuição|ExternalReference|"
        "ExternalDataReference|External data reference|Externe Datenreferenz|Référence externe|"
        "Référence de données externe|Network ID|Q_RecaptchaScore|Q_RelevantIDDuplicate|"
        "Q_RelevantIDDuplicateScore|Q_RelevantIDFraudScore|Q_RelevantIDLastStartDate|Q_BallotBoxStuffing|Q_URL|"
        "Q_TotalDuration|Referencia externa|Referencia de datos externa|Custom Data 1|User agent|rownames"
    ),
}
ABOUT: dict[str, str] = {name: about for about, listed in _ABOUT.items() for name in keys(listed)}

# The best first: where a file has several, the first that names every response once is taken.
RESPONDENT = keys(
    "respondent|Respondent ID|RespondentID|Répondant|ID du répondant|Identifiant du répondant|Befragten-ID|"
    "ID de encuestado|ID del encuestado|ID do entrevistado|ID do respondente|ResponseId|Response ID|Antwort ID|"
    "Antwort-ID|ID de la réponse|ID réponse|Identifiant de la réponse|ID de respuesta|ID de la respuesta|"
    "ID da resposta|ID risposta|ID della risposta|Antwoord ID|Response number|Numéro de réponse|Participant ID|"
    "Participant|Teilnehmer-ID|Participante|Record ID|Study ID|Subject ID|Subject|Subj|Case ID|Case|CaseId|Person ID|"
    "User ID|Identifiant|id"
)
YES = frozenset(keys("yes|y|true|1|x|oui|o|vrai|ja|j|wahr|sí|si|s|verdadero|sim|verdadeiro|vero|checked|coché"))
NO = frozenset(keys("no|n|false|0|non|faux|nein|falsch|não|falso|nee|unchecked|non coché|not selected"))
TOTALS = frozenset(
    keys(
        "total|totals|totaux|grand total|total général|gesamt|gesamtergebnis|summe|suma|somme|sum|soma|average|"
        "avg|mean|moyenne|durchschnitt|mittelwert|promedio|media|média|count|nombre|anzahl|base|n|std dev|median|"
        "médiane|nb|effectif|effectifs|max|maximum|min|minimum|maximo|minimo|écart-type|écart type|sd|std|stdev|"
        "std. dev.|standard deviation|variance|standardabweichung|desviación estándar|desvio padrão|moy|moy.|mw|"
        "ensemble|gesamtsumme|valid n|ø"
    )
)
# Words that, at the beginning of a longer text, still name such a row: `Moyenne arrondie`, `Total (n=14)`.
TOTALLING = frozenset(
    keys(
        "total|totals|totaux|gesamt|summe|somme|average|mean|moyenne|durchschnitt|mittelwert|promedio|maximum|"
        "minimum|écart-type|médiane|median|stdev|standardabweichung"
    )
)
# What stands in such a row where there is nothing to sum up.
ALL = frozenset(keys("all|tous|toutes|tout|alle|todos|todas|tutti|-|–|—|./.|x"))
OTHER = ("other", "autre", "sonstige", "otro", "otra", "outro", "outra", "altro", "andere", "anders")
COMMENT = ("comment", "commentaire", "kommentar", "comentario", "comentário", "commento", "opmerking")
