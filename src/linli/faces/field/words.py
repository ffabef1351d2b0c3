"""What the phone's page says by itself, by the names its scripts know."""

from __future__ import annotations

from collections.abc import Mapping

from linli.ground.kernel.marking import N_

WORDS: Mapping[str, str] = {
    # how a report stands
    "waiting": N_("还在这台手机上，没有发出"),
    "waitingWhy": N_("有网就自动发出；可以关掉这个页面。"),
    "waitingAccount": N_("登录原来的账号后发出。"),
    "waitingLater": N_("系统正忙，过一会儿自动再发。"),
    "received": N_("收到了"),
    "refused": N_("没有收下"),
    "refusedWhy": N_("没有收下，因为：{why}"),
    "number": N_("编号 {number}"),
    "follow": N_("看进度"),
    "again": N_("改一改再发"),
    "discard": N_("不要了"),
    "sureDiscard": N_("这一件还没有发出，删掉就没有了。确定不要了吗？"),
    "retry": N_("现在再试"),
    "others": N_("这台手机上还有 {n} 件别的账号没发出的，登录那个账号后发出。"),
    # what is known of what the office has
    "knownAt": N_("编号 {number} · {when} 知道的"),
    "answer": N_("现在好了吗？请回答"),
    "rate": N_("评价"),
    "reopen": N_("没有解决，要求重办"),
    "afterPhotos": N_("看处置前后的照片"),
    # couriers
    "courierTitle": N_("停稳了，拍一张"),
    "draft": N_("先存着，还没有发"),
    "draftWhy": N_("照片和位置都在这台手机上，接着写完就能发。"),
    "goOn": N_("接着写"),
    "asideThanks": N_("先存在这台手机上了，在下面“接着写”。"),
    "plainly": N_("用普通上报发出"),
    "kindMissing": N_("请选是哪一类问题。"),
    "photoMissing": N_("请拍一张照片。"),
    # photos and voices
    "photo": N_("照片"),
    "voice": N_("录音"),
    "voiceSeconds": N_("录音 {n} 秒"),
    "fileHeld": N_("还在手机上"),
    "fileSending": N_("已传 {percent}%"),
    "fileReceived": N_("已收到"),
    "fileRefused": N_("没有收下：{why}"),
    "remove": N_("删掉"),
    "noDisplay": N_("这种照片手机显示不出来，照样可以发。"),
    "tooMany": N_("一件事最多 {n} 张照片。"),
    "tooLarge": N_("这张照片超过 20 MB，请换一张。"),
    "keeping": N_("正在存到手机……"),
    # talking
    "talk": N_("按住说话"),
    "talking": N_("松开就说完了 · {n} 秒"),
    "talkingTap": N_("正在录音 · {n} 秒，再点一下结束"),
    "talkShort": N_("太短了，请按住再说。也可以点一下开始，再点一下结束。"),
    "talkDenied": N_("没有话筒权限。请在手机设置里允许，或者打几个字。"),
    "talkFailed": N_("这里录不了音，请打几个字，或从手机里选一段录音。"),
    "talkRecovered": N_("上次没说完的录音还在。"),
    # place
    "locating": N_("正在找您的位置……"),
    "located": N_("已用手机的位置，误差约 {n} 米"),
    "locatedAt": N_("{place}（误差约 {n} 米）"),
    "atDoor": N_("就在扫码的地方：{place}"),
    "atDoorLater": N_("扫码的地方已记下，有网时查出地址。"),
    "placeDenied": N_("没有定位权限，请写一下在哪里。"),
    "placeFailed": N_("找不到位置，请写一下在哪里。"),
    "placeOutside": N_("这里不在我们的辖区，照样可以发，会转给所在地；也可以拨打 12345。"),
    # what is missing
    "missing": N_("拍张照、说一段话，或者写几个字，有一样就行。"),
    "missingPlace": N_("还差在哪里：用手机的位置，或者写一下楼号、路口、店名。"),
    # texts of a report that has no words of its own
    "seePhoto": N_("见照片。"),
    "hearVoice": N_("见录音。"),
    "seeBoth": N_("见照片和录音。"),
    # the store of the phone
    "full": N_("手机存储满了，这张没有存下。请先清出一点空间，或者有网时先把下面的发出。"),
    "noStore": N_("这个浏览器不让存东西，关掉页面会丢。请有网时发出，或用“网页上报”。"),
    "otherVersion": N_("邻里有新版本，请刷新这个页面。写的都在。"),
    "fault": N_("出了点问题，写的都在。请再试一次。"),
    # signing in and out
    "as": N_("用“{name}”的账号发"),
    "signOutWarning": N_(
        "还有 {n} 件没有发出。退出后它们留在这台手机上，您再登录就会发出。现在退出吗？"
    ),
    # the line
    "offline": N_("现在没有网。照样拍、照样说，有网就发出。"),
    "newVersion": N_("邻里有新版本。"),
    "sentThanks": N_("收到了，谢谢您"),
    "keptThanks": N_("已经存在这台手机上，有网就自动发出。"),
}
