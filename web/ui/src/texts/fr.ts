import type { Catalogue } from '../message.ts';

export default {
  back: 'Retour',
  close: 'Fermer',
  cancel: 'Annuler',
  tryAgain: 'Réessayer',
  newVersion: 'Une nouvelle version de cette application est prête. Ce qui est gardé ici reste.',
  newVersionUse: 'L’utiliser maintenant',
  language: 'Langue',
  camera: 'Image de la caméra',
  cameraStarting: 'La caméra démarre …',
  cameraDenied: 'Cette page n’a pas le droit d’utiliser la caméra. Autorisez-la dans les réglages du navigateur pour cette page, ou collez le code ci-dessous.',
  cameraMissing: 'Cet appareil n’a pas de caméra utilisable. Prenez un lecteur à main, ou collez le code ci-dessous.',
  cameraFailed: 'La caméra n’a pas pu démarrer ; une autre application l’utilise peut-être. Fermez-la et réessayez, ou collez le code ci-dessous.',
  'failure.internal': 'Une erreur s’est produite dans cette application. Rien n’a été changé. Fermez-la, rouvrez-la et réessayez.',
  'failure.offline': 'Le bureau n’a pas répondu. Vérifiez la connexion et réessayez ; rien n’est perdu.',
  'failure.address': 'Ce n’est pas l’adresse d’un bureau. Elle ressemble à https://passes.example.org',
  'failure.no_office': 'Il n’y a pas de bureau à cette adresse. Comparez-la avec votre lettre.',
  'failure.register': 'Ce que le bureau a envoyé ne concorde pas et n’a pas été utilisé. Signalez-le au bureau ; ce qui était là avant reste valable.',
  'failure.split': 'Ce bureau montre des registres différents à des personnes différentes. Rien de nouveau n’a été repris. Les deux sont gardés comme preuve : dites-le au bureau et à une personne de confiance.',
  'failure.storage': 'Ce navigateur n’a pas pu le garder. Faites de la place sur cet appareil, quittez la navigation privée ou autorisez le stockage pour cette page.',
  'failure.not_code': 'Ce n’est pas un code que cet écran peut lire.',
} satisfies Catalogue;
