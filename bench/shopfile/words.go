package shopfile

// person is a customer.
type person struct {
	name, phone string
	speech      *speech
}

// speech is what people of one language are called, and what is said in it. A "%d"
// is an order's number.
type speech struct {
	code, prefix           string // prefix: of their phones
	first, last            []string
	asks, replies, answers []string
	person, solved         string // on buttons
}

var emoji = []string{"👍", "❤️", "🙏", "😂", "🎉"}

var notes = []string{
	"Regular customer, give the usual discount.", "Called back, nobody answered.", "Waits for the parcel from the factory.",
	"Wants an invoice for a company.",
}

var speeches = []speech{
	{
		code: "pt_PT", prefix: "35191",
		first: []string{"Ana", "Beatriz", "Catarina", "Diogo", "Eduardo", "Filipa", "Gonçalo", "Helena", "Inês", "João", "Luísa", "Miguel", "Rita", "Tiago", "Vasco"},
		last:  []string{"Almeida", "Barbosa", "Carvalho", "Duarte", "Esteves", "Fonseca", "Gouveia", "Henriques", "Lourenço", "Magalhães", "Nogueira", "Pinheiro", "Queirós", "Simões", "Vasconcelos"},
		asks: []string{
			"Bom dia!", "Ainda têm as botas castanhas no 39?", "Qual é o preço do envio para os Açores?", "A encomenda %d já saiu?",
			"Posso trocar por um número acima?", "Obrigada!", "A que horas fecham ao sábado?", "Queria saber se fazem factura com contribuinte.",
			"O fecho da mochila partiu-se ao fim de duas semanas, o que posso fazer?", "Vou passar aí amanhã à tarde.",
		},
		replies: []string{
			"Olá! Estamos abertos de segunda a sábado, das 10h às 19h.", "O envio demora dois a três dias úteis e custa 4,90 €.",
			"As trocas são grátis até 30 dias depois da compra.", "Uma pessoa da loja responde assim que puder.",
		},
		answers: []string{
			"Bom dia, vou ver no armazém e já lhe digo.", "Sim, temos dois pares nesse número.", "A encomenda %d saiu hoje de manhã.",
			"Pode trocar na loja, basta trazer o talão.", "De nada, até breve!", "Reservei em seu nome até sexta-feira.",
			"Peço desculpa pela demora. O fornecedor respondeu agora: chega na próxima terça-feira, e avisamos nesse dia.",
		},
		person: "Falar com alguém", solved: "Resolvido",
	},
	{
		code: "ru", prefix: "7900",
		first: []string{"Алексей", "Борис", "Вера", "Галина", "Дмитрий", "Елена", "Зоя", "Игорь", "Ксения", "Лев", "Марина", "Николай", "Ольга", "Пётр", "Юлия"},
		last:  []string{"Абрамов", "Белова", "Васильев", "Громова", "Дорофеев", "Ершова", "Журавлёв", "Зимина", "Ильин", "Королёва", "Лебедев", "Морозова", "Панов", "Рябова", "Соколов"},
		asks: []string{
			"Здравствуйте!", "Есть ли сапоги 39 размера?", "Сколько стоит доставка в другой город?", "Где мой заказ %d?",
			"Можно обменять на размер больше?", "Спасибо большое", "До скольких вы работаете в субботу?", "Мне нужен чек на компанию.",
			"Молния на рюкзаке сломалась через две недели, что мне делать?", "Зайду к вам завтра после обеда.",
		},
		replies: []string{
			"Здравствуйте! Мы работаем с понедельника по субботу, с 10 до 19.", "Доставка занимает два-три рабочих дня и стоит 4,90 €.",
			"Обмен бесплатный в течение 30 дней после покупки.", "Сотрудник ответит, как только освободится.",
		},
		answers: []string{
			"Сейчас посмотрю на складе и напишу.", "Да, есть две пары этого размера.", "Заказ %d отправлен сегодня утром.",
			"Обменять можно в магазине, возьмите с собой чек.", "Пожалуйста, до встречи!", "Отложили для вас до пятницы.",
			"Извините за ожидание. Поставщик только что ответил: товар придёт в следующий вторник, мы напишем вам в тот же день.",
		},
		person: "Позвать человека", solved: "Решено",
	},
	{
		code: "el", prefix: "30690",
		first: []string{"Αλέξανδρος", "Βασιλική", "Γιώργος", "Δήμητρα", "Ελένη", "Θωμάς", "Ιωάννα", "Κώστας", "Λευτέρης", "Μαρία", "Νίκος", "Παναγιώτα", "Σοφία", "Χρήστος"},
		last:  []string{"Αντωνίου", "Βλάχος", "Γεωργίου", "Δημητρίου", "Ζαφείρης", "Ιωαννίδης", "Καραμανλής", "Λάμπρου", "Μακρής", "Νικολάου", "Παπαδόπουλος", "Σταθόπουλος", "Φωτίου"},
		asks: []string{
			"Καλημέρα!", "Έχετε τις μπότες σε 39;", "Πόσο κοστίζει η αποστολή στην Κρήτη;", "Πού βρίσκεται η παραγγελία %d;",
			"Μπορώ να αλλάξω μέγεθος;", "Ευχαριστώ πολύ", "Τι ώρα κλείνετε το Σάββατο;", "Χρειάζομαι τιμολόγιο.",
			"Το φερμουάρ της τσάντας χάλασε μετά από δύο εβδομάδες, τι μπορώ να κάνω;", "Θα περάσω αύριο το απόγευμα.",
		},
		replies: []string{
			"Γεια σας! Είμαστε ανοιχτά Δευτέρα με Σάββατο, 10 με 7.", "Η αποστολή διαρκεί δύο με τρεις εργάσιμες και κοστίζει 4,90 €.",
			"Οι αλλαγές είναι δωρεάν για 30 ημέρες.", "Θα σας απαντήσει κάποιος μόλις μπορέσει.",
		},
		answers: []string{
			"Κοιτάζω στην αποθήκη και σας λέω.", "Ναι, έχουμε δύο ζευγάρια.", "Η παραγγελία %d έφυγε σήμερα το πρωί.",
			"Η αλλαγή γίνεται στο κατάστημα με την απόδειξη.", "Παρακαλώ, τα λέμε!", "Σας το κρατήσαμε μέχρι την Παρασκευή.",
			"Συγγνώμη για την αναμονή. Ο προμηθευτής μόλις απάντησε: έρχεται την επόμενη Τρίτη και θα σας γράψουμε την ίδια μέρα.",
		},
		person: "Μίλα με άνθρωπο", solved: "Λύθηκε",
	},
	{
		code: "ar", prefix: "97150",
		first: []string{"أحمد", "بسمة", "جميل", "حنان", "خالد", "دانا", "رامي", "زينب", "سامي", "عمر", "فاطمة", "كريم", "ليلى", "مريم", "يوسف"},
		last:  []string{"الأنصاري", "البكري", "التميمي", "الجابري", "الحداد", "الخطيب", "الرفاعي", "السعدي", "الشامي", "العمري", "الفارس", "القاسم", "النجار"},
		asks: []string{
			"السلام عليكم", "هل يوجد الحذاء مقاس 39؟", "كم سعر التوصيل؟", "أين الطلب رقم %d؟",
			"هل أستطيع تبديل المقاس؟", "شكرا جزيلا", "متى تغلقون يوم السبت؟", "أحتاج فاتورة باسم الشركة.",
			"انكسر سحاب الحقيبة بعد أسبوعين، ماذا أفعل؟", "سأمر غدا بعد الظهر.",
		},
		replies: []string{
			"أهلا بك! نعمل من الاثنين إلى السبت من 10 إلى 7.", "التوصيل خلال يومين أو ثلاثة أيام.",
			"التبديل مجاني خلال 30 يوما من الشراء.", "سيرد عليك أحد الموظفين في أقرب وقت.",
		},
		answers: []string{
			"سأنظر في المخزن وأخبرك.", "نعم، لدينا زوجان من هذا المقاس.", "خرج الطلب رقم %d هذا الصباح.",
			"التبديل في المحل مع الإيصال.", "عفوا، إلى اللقاء!", "حجزناه لك حتى يوم الجمعة.",
			"نعتذر عن التأخير. رد المورد الآن: يصل يوم الثلاثاء القادم، وسنكتب لك في اليوم نفسه.",
		},
		person: "التحدث مع موظف", solved: "تم الحل",
	},
}
