import type { Catalogue } from '../message.ts';

export default {
  back: 'Atrás',
  close: 'Cerrar',
  cancel: 'Cancelar',
  tryAgain: 'Intentar de nuevo',
  newVersion: 'Hay una nueva versión de esta aplicación. Lo que se guarda aquí no cambia.',
  newVersionUse: 'Usarla ahora',
  language: 'Idioma',
  camera: 'Imagen de la cámara',
  cameraStarting: 'La cámara se está iniciando …',
  cameraDenied: 'Esta página no tiene permiso para usar la cámara. Permítalo en los ajustes del navegador para esta página, o pegue el código abajo.',
  cameraMissing: 'Este dispositivo no tiene una cámara utilizable. Use un lector de mano, o pegue el código abajo.',
  cameraFailed: 'No se pudo iniciar la cámara; quizá la usa otra aplicación. Ciérrela e inténtelo de nuevo, o pegue el código abajo.',
  'failure.internal': 'Algo falló dentro de esta aplicación. No se cambió nada. Ciérrela, ábrala e inténtelo otra vez.',
  'failure.offline': 'La oficina no respondió. Compruebe la conexión e inténtelo de nuevo; no se ha perdido nada.',
  'failure.address': 'Esa no es la dirección de una oficina. Tiene la forma https://passes.example.org',
  'failure.no_office': 'No hay ninguna oficina en esa dirección. Compárela con su carta.',
  'failure.register': 'Lo que envió la oficina no concuerda y no se ha usado. Avise a la oficina; lo que había antes sigue valiendo.',
  'failure.split': 'Esta oficina muestra registros distintos a personas distintas. No se ha tomado nada nuevo. Ambos se guardan como prueba: dígaselo a la oficina y a alguien de confianza.',
  'failure.storage': 'Este navegador no pudo guardarlo. Haga sitio en el dispositivo, salga de la navegación privada o permita el almacenamiento para esta página.',
  'failure.not_code': 'Ese no es un código que esta pantalla pueda leer.',
} satisfies Catalogue;
