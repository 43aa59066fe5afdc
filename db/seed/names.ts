/** Given and family names that go together, from many places; "ann" hides in quite a few, for the search field. */
const REGIONS: [given: string, family: string][] = [
  [
    "Ann,Hannah,Joanna,Caleb,Marcus,Brianna,Tyler,Susannah,Grace,Owen,Annabelle,Wyatt",
    "Carter,Mitchell,Cannon,Brooks,Whitaker,Delgado-Price,Hayes,Sutton,Freeman,Langley,McAllister,O'Connor",
  ],
  [
    "Siobhán,Ciarán,Niamh,Rhiannon,Eoin,Aoife,Fionn,Gráinne,Seán,Órla,Callum,Mairead",
    "O'Sullivan,Ó Súilleabháin,MacLennan,Ní Dhomhnaill,Kavanagh,Byrne,O'Neill,Fitzgerald,Doyle,McGrath,Gallagher,Buchanan",
  ],
  [
    "João,Inês,Gonçalo,Beatriz,Luísa,Tomás,Conceição,Rui,Mariana,Thaís,Otávio,Joana",
    "Magalhães,Araújo,da Conceição,Simões,Gonçalves,Sá,Ferrão,Mourão,dos Santos,Brandão,Assunção,Leitão",
  ],
  [
    "María José,Íñigo,Lucía,Andrés,Begoña,Ximena,Joaquín,Ana Sofía,Matías,Rocío,Ángel,Itziar",
    "Núñez,Fernández,Ibáñez,Muñoz,Castañeda,de la Cruz,Quispe,Mamani,Peña,Echeverría,Zúñiga,Gutiérrez",
  ],
  [
    "Zoë,Aurélie,Théo,Anaïs,François,Maëlys,Aminata,Cheikh,Océane,Loïc,Fatoumata,Hélène",
    "Lefèvre,N'Diaye,d'Aubigné,Diop,Beaumont,L'Hôpital,Traoré,Rousseau,Kouassi,Bélanger,Sène,Gagné",
  ],
  [
    "Oluwaseun,Chidinma,Ngozi,Kwame,Ama,Emeka,Adaeze,Babatunde,Efua,Tolulope,Kofi,Ifeoma",
    "Adébáyọ̀,Okafor,Mensah,Nwosu,Owusu,Eze,Balogun,Ogunlesi,Asante,Onyekachi,Boateng,Chukwu",
  ],
  [
    "Selam,Abdirahman,Wanjiru,Tesfaye,Hodan,Otieno,Makena,Yonas,Achieng,Juma,Eden,Barasa",
    "Haile,Warsame,Mwangi,Bekele,Farah,Ochieng,Kamau,Tadesse,Abdi,Njoroge,Girma,Wekesa",
  ],
  [
    "Aarav,Lakshmi,Ishaan,Ananya,Priyanka,Rohan,Meenakshi,Vikram,Sanya,Arjun,Divya,Kannan",
    "Iyer,Chatterjee,Subramaniam,Patel,Khanna,Deshpande,Reddy,Bhattacharya,Singh,Nair,Mukherjee,Annadurai",
  ],
  [
    "Xiǎo Lóng,Mei,Zhìháo,Bo,Yùtíng,Wei,Jiāyí,Jun,Shūfēn,An,Lì,Hào",
    "Li,Wáng,Ou,Chén,Zhào,Xu,Ouyang,Lín,Huáng,Ng,Wu,Zhèng",
  ],
  [
    "Haruto,Sakura,Yūki,Min-seo,Ji-ho,Seo-yeon,Ren,Aoi,Tae-yang,Hinata,Eun-ji,Kōhei",
    "Satō,Kim,Ōno,Park,Itō,Choi,Yamaguchi,Jeong,Kobayashi,Yoon,Hashimoto,Ryu",
  ],
  [
    "Thị Hồng,Minh,Quốc Bảo,Lan Anh,Arif,Siti,Malee,Somchai,Dewi,Phương,Jericho,Maricel",
    "Đặng,Nguyễn,Phạm,Trần,Wibowo,binti Rahman,Srisai,Chaiyasit,Kusuma,Võ,Dela Cruz,Macaraeg",
  ],
  [
    "Yasmīn,Omar,Noor,Khaled,Leïla,Tariq,Amal,Yusuf,Rania,Bilal,Salma,Idris",
    "al-Masri,El-Sayed,Haddad,Benali,Abu Khalil,Mansour,Bouzid,al-Tamimi,Nasser,Khoury,Rahmani,Othman",
  ],
  [
    "Agnieszka,Paweł,Zuzanna,Jiří,Oksana,Łukasz,Božena,Andriy,Vojtěch,Małgorzata,Serhii,Žofie",
    "Wójcik,Dvořák,Kovalenko,Łuczak,Szymańska,Novotný,Shevchenko,Zieliński,Procházka,Bondar,Jabłońska,Ryšavý",
  ],
  [
    "Søren,Åsa,Þórunn,Mikael,Annika,Øyvind,Freja,Lauri,Sunna,Göran,Hanne,Aino",
    "Kjærgaard,Lindström,Guðmundsdóttir,Virtanen,Ødegård,Bergström,Sørensen,Mäkelä,Þorsteinsson,Åkesson,Nygård,Hämäläinen",
  ],
  [
    "Johanna,Jürgen,Marianne,Björn,Käthe,Anneliese,Matthäus,Sanne,Joost,Friederike,Ruben,Lieselotte",
    "Hoffmann,Müller,Groß,Zimmermann,van der Linde,Schäfer,'t Hart,Bergmann,de Vries,Weiß,Köhler,Mannheim",
  ],
  [
    "Ayşe,Emre,Şirin,Gökçe,Dariush,Nilüfer,Barış,Shirin,Çağla,Arash,Elçin,Rüstəm",
    "Yıldız,Öztürk,Farrokhzad,Çelik,Şahin,Tehrani,Güneş,Aliyev,Kılıç,Rostami,Doğan,Məmmədov",
  ],
  [
    "Keʻalohi,Tāne,Leilani,Wiremu,Anahera,Sione,Mele,Kaʻiulani,Tama,Sina,Rangi,Losa",
    "Kealoha,Ngata,Fonoti,Te Rangi,Tupou,Māhina,Leota,Kahananui,Parata,Faʻasavalu,Tuilagi,Hohepa",
  ],
];

const regions = REGIONS.map(([given, family]) => ({ given: given.split(","), family: family.split(",") }));
const PAIRS_PER_REGION = 144;
const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;

/** Names at the edges of what a table must bear, in the scripts people write them in. */
export const UNUSUAL_NAMES = [
  "Bo Li",
  "María de los Ángeles Fernández-Villaverde Echeverría y Muñoz",
  "Ольга Ковальчук",
  "김민서 (Minseo Kim)",
  "D'Angelo O'Shaughnessy",
  "Y Ng",
  "Annemarie Vandenbroucke-Oyelaran",
  "Wolfgang Amadé Müller-Lüdenscheidt",
];

/** Number `index` of 2,448 names; close numbers come from different places. */
export function nameOf(index: number): string {
  const { given, family } = pick(regions, index);
  const pair = Math.floor(index / regions.length) % PAIRS_PER_REGION;
  // Five steps for each given name: neighbours of a region share neither name.
  return `${pick(given, pair)} ${pick(family, pair * 5 + Math.floor(pair / given.length))}`;
}

const LETTERS: Record<string, string> = { đ: "d", ø: "o", ł: "l", ß: "ss", æ: "ae", þ: "th", ð: "d", ı: "i", ə: "e" };

/** The part before the @: plain letters only, empty for a name in another script. */
export const mailName = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFD")
    .replace(/[đøłßæþðıə]/g, (letter) => LETTERS[letter] ?? "")
    .replace(/'|ʻ|[\u0300-\u036f]/g, "")
    .replace(/[^a-z]+/g, ".")
    .replace(/^\.|\.$/g, "");
