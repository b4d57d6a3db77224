import type { Catalogue } from '../message.ts';

export default {
  back: 'Zurück',
  close: 'Schließen',
  cancel: 'Abbrechen',
  tryAgain: 'Noch einmal versuchen',
  newVersion: 'Eine neue Fassung dieser App liegt bereit. Was hier aufbewahrt ist, bleibt.',
  newVersionUse: 'Jetzt verwenden',
  language: 'Sprache',
  camera: 'Kamerabild',
  cameraStarting: 'Die Kamera startet …',
  cameraDenied: 'Diese Seite darf die Kamera nicht benutzen. Erlauben Sie es in den Einstellungen des Browsers für diese Seite, oder fügen Sie den Code unten ein.',
  cameraMissing: 'Dieses Gerät hat keine brauchbare Kamera. Benutzen Sie einen Handscanner, oder fügen Sie den Code unten ein.',
  cameraFailed: 'Die Kamera ließ sich nicht starten; vielleicht benutzt sie eine andere App. Schließen Sie diese und versuchen Sie es noch einmal, oder fügen Sie den Code unten ein.',
  'failure.internal': 'In dieser App ist etwas schiefgegangen. Nichts wurde verändert. Schließen und öffnen Sie die App, und versuchen Sie es noch einmal.',
  'failure.offline': 'Das Amt hat nicht geantwortet. Prüfen Sie die Verbindung und versuchen Sie es noch einmal; nichts ging verloren.',
  'failure.address': 'Das ist keine Adresse eines Amtes. Sie sieht aus wie https://passes.example.org',
  'failure.no_office': 'Unter dieser Adresse ist kein Amt. Vergleichen Sie die Adresse mit Ihrem Brief.',
  'failure.register': 'Was das Amt geschickt hat, passt nicht zusammen und wurde nicht benutzt. Sagen Sie es dem Amt; was vorher da war, gilt weiter.',
  'failure.split': 'Dieses Amt zeigt verschiedenen Leuten verschiedene Register. Nichts Neues wurde übernommen. Beide werden als Beweis aufgehoben: Sagen Sie es dem Amt und jemandem, dem Sie vertrauen.',
  'failure.storage': 'Dieser Browser konnte es nicht aufbewahren. Schaffen Sie Platz auf dem Gerät, verlassen Sie den privaten Modus oder erlauben Sie Speicher für diese Seite.',
  'failure.not_code': 'Das ist kein Code, den diese Seite lesen kann.',
} satisfies Catalogue;
