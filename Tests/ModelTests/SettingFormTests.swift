import Model
import Testing

@Suite struct SettingFormTests {
    @Test func counts() {
        #expect(SettingForm.count("0") == 0)
        #expect(SettingForm.count("100") == 100)
        for text in ["", "abc", "-1", "+1", "1.5", " 1", "99999999999999999999"] { #expect(SettingForm.count(text) == nil, "\(text)") }
    }

    @Test func offsets() {
        #expect(SettingForm.offsetMinutes("+04:00") == 240)
        #expect(SettingForm.offsetMinutes("-03:30") == -210)
        for text in ["", "4", "04:00", "+4:00", "+15:00", "+04:60", "++4:00", "+04-00", "+04:00 "] {
            #expect(SettingForm.offsetMinutes(text) == nil, "\(text)")
        }
    }

    @Test func countries() {
        #expect(SettingForm.country("") == "")
        #expect(SettingForm.country("+968") == "968")
        for text in ["Oman", "0968", "9681"] { #expect(SettingForm.country(text) == nil, "\(text)") }
    }

    @Test func origins() {
        #expect(SettingForm.origins("") == [])
        #expect(SettingForm.origins("https://a.example, http://localhost:3000") == ["https://a.example", "http://localhost:3000"])
        #expect(SettingForm.origins("*") == ["*"])
        for text in ["a.example", "https://", "https://a.example/page"] { #expect(SettingForm.origins(text) == nil, "\(text)") }
    }
}
