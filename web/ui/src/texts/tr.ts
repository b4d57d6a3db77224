import type { Catalogue } from '../message.ts';

export default {
  back: 'Geri',
  close: 'Kapat',
  cancel: 'Vazgeç',
  tryAgain: 'Yeniden dene',
  newVersion: 'Bu uygulamanın yeni bir sürümü hazır. Burada saklananlar değişmez.',
  newVersionUse: 'Şimdi kullan',
  language: 'Dil',
  camera: 'Kamera görüntüsü',
  cameraStarting: 'Kamera başlatılıyor …',
  cameraDenied: 'Bu sayfanın kamerayı kullanmasına izin yok. Tarayıcı ayarlarında bu sayfa için izin verin ya da kodu aşağıya yapıştırın.',
  cameraMissing: 'Bu aygıtta kullanılabilir kamera yok. El tarayıcısı kullanın ya da kodu aşağıya yapıştırın.',
  cameraFailed: 'Kamera başlatılamadı; belki başka bir uygulama kullanıyor. Onu kapatıp yeniden deneyin ya da kodu aşağıya yapıştırın.',
  'failure.internal': 'Bu uygulamada bir şey ters gitti. Hiçbir şey değişmedi. Uygulamayı kapatıp açın ve bir kez daha deneyin.',
  'failure.offline': 'Daire yanıt vermedi. Bağlantıyı denetleyip yeniden deneyin; hiçbir şey kaybolmadı.',
  'failure.address': 'Bu bir dairenin adresi değil. Şuna benzer: https://passes.example.org',
  'failure.no_office': 'Bu adreste daire yok. Adresi mektubunuzla karşılaştırın.',
  'failure.register': 'Dairenin gönderdikleri birbirini tutmuyor ve kullanılmadı. Daireye bildirin; önceden olanlar geçerli kalır.',
  'failure.split': 'Bu daire farklı kişilere farklı siciller gösteriyor. Yeni hiçbir şey alınmadı. İkisi de kanıt olarak saklanıyor: daireye ve güvendiğiniz birine söyleyin.',
  'failure.storage': 'Bu tarayıcı bunu saklayamadı. Cihazda yer açın, gizli gezintiden çıkın veya bu sayfa için depolamaya izin verin.',
  'failure.not_code': 'Bu, bu ekranın okuyabileceği bir kod değil.',
} satisfies Catalogue;
