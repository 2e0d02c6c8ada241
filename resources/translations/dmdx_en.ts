<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
 <context>
  <name>window</name>
  <message>
   <source> % high</source>
   <translation> % high</translation>
  </message>
  <message>
   <source> % opaque</source>
   <translation> % opaque</translation>
  </message>
  <message>
   <source>&amp;Edit</source>
   <translation>&amp;Edit</translation>
  </message>
  <message>
   <source>&amp;File</source>
   <translation>&amp;File</translation>
  </message>
  <message>
   <source>&amp;Help</source>
   <translation>&amp;Help</translation>
  </message>
  <message>
   <source>&amp;Piece</source>
   <translation>&amp;Piece</translation>
  </message>
  <message>
   <source>&amp;View</source>
   <translation>&amp;View</translation>
  </message>
  <message>
   <source>0.5k</source>
   <translation>0.5k</translation>
  </message>
  <message>
   <source>1 Piece</source>
   <translation>1 Piece</translation>
  </message>
  <message>
   <source>1 cannot be read</source>
   <translation>1 cannot be read</translation>
  </message>
  <message>
   <source>1 could not be written.</source>
   <translation>1 could not be written.</translation>
  </message>
  <message>
   <source>1 draft · nothing is sent</source>
   <translation>1 draft · nothing is sent</translation>
  </message>
  <message>
   <source>1 exported file</source>
   <translation>1 exported file</translation>
  </message>
  <message>
   <source>1 file</source>
   <translation>1 file</translation>
  </message>
  <message>
   <source>1 file was skipped</source>
   <translation>1 file was skipped</translation>
  </message>
  <message>
   <source>1 file was skipped.</source>
   <translation>1 file was skipped.</translation>
  </message>
  <message>
   <source>1 file with 1 image</source>
   <translation>1 file with 1 image</translation>
  </message>
  <message>
   <source>1 file with {count} images</source>
   <translation>1 file with {count} images</translation>
  </message>
  <message>
   <source>1 file, about {size}</source>
   <translation>1 file, about {size}</translation>
  </message>
  <message>
   <source>1 folder</source>
   <translation>1 folder</translation>
  </message>
  <message>
   <source>1 image</source>
   <translation>1 image</translation>
  </message>
  <message>
   <source>1 image copied</source>
   <translation>1 image copied</translation>
  </message>
  <message>
   <source>1 image copied.</source>
   <translation>1 image copied.</translation>
  </message>
  <message>
   <source>1 image deleted.</source>
   <translation>1 image deleted.</translation>
  </message>
  <message>
   <source>1 image exported.</source>
   <translation>1 image exported.</translation>
  </message>
  <message>
   <source>1 image fits.</source>
   <translation>1 image fits.</translation>
  </message>
  <message>
   <source>1 image is a draft and says so in its file</source>
   <translation>1 image is a draft and says so in its file</translation>
  </message>
  <message>
   <source>1 image is done</source>
   <translation>1 image is done</translation>
  </message>
  <message>
   <source>1 image is not done yet.</source>
   <translation>1 image is not done yet.</translation>
  </message>
  <message>
   <source>1 image not made yet</source>
   <translation>1 image not made yet</translation>
  </message>
  <message>
   <source>1 image of {name} selected</source>
   <translation>1 image of {name} selected</translation>
  </message>
  <message>
   <source>1 image waits for a key</source>
   <translation>1 image waits for a key</translation>
  </message>
  <message>
   <source>1 image waits for credit</source>
   <translation>1 image waits for credit</translation>
  </message>
  <message>
   <source>1 image waits for the budget</source>
   <translation>1 image waits for the budget</translation>
  </message>
  <message>
   <source>1 image waits for the network</source>
   <translation>1 image waits for the network</translation>
  </message>
  <message>
   <source>1 metal</source>
   <translation>1 metal</translation>
  </message>
  <message>
   <source>1 model</source>
   <translation>1 model</translation>
  </message>
  <message>
   <source>1 name is taken: saved as {name}</source>
   <translation>1 name is taken: saved as {name}</translation>
  </message>
  <message>
   <source>1 needs you</source>
   <translation>1 needs you</translation>
  </message>
  <message>
   <source>1 picture added.</source>
   <translation>1 picture added.</translation>
  </message>
  <message>
   <source>1 piece</source>
   <translation>1 piece</translation>
  </message>
  <message>
   <source>1 piece has a detail to check. You can generate anyway.</source>
   <translation>1 piece has a detail to check. You can generate anyway.</translation>
  </message>
  <message>
   <source>1 preview</source>
   <translation>1 preview</translation>
  </message>
  <message>
   <source>1 reference</source>
   <translation>1 reference</translation>
  </message>
  <message>
   <source>1 scene</source>
   <translation>1 scene</translation>
  </message>
  <message>
   <source>1 star</source>
   <translation>1 star</translation>
  </message>
  <message>
   <source>1 text</source>
   <translation>1 text</translation>
  </message>
  <message>
   <source>1 waits</source>
   <translation>1 waits</translation>
  </message>
  <message>
   <source>1 was there already.</source>
   <translation>1 was there already.</translation>
  </message>
  <message>
   <source>1.5k</source>
   <translation>1.5k</translation>
  </message>
  <message>
   <source>10 ct (417)</source>
   <translation>10 ct (417)</translation>
  </message>
  <message>
   <source>1000 * CAST(strftime('%s', ? / 1000, 'unixepoch', 'start of month') AS INTEGER)</source>
   <translation>1000 * CAST(strftime('%s', ? / 1000, 'unixepoch', 'start of month') AS INTEGER)</translation>
  </message>
  <message>
   <source>1080 × 1350 JPEG</source>
   <translation>1080 × 1350 JPEG</translation>
  </message>
  <message>
   <source>1080 × 1920 JPEG</source>
   <translation>1080 × 1920 JPEG</translation>
  </message>
  <message>
   <source>10k</source>
   <translation>10k</translation>
  </message>
  <message>
   <source>1200 px WebP, sRGB</source>
   <translation>1200 px WebP, sRGB</translation>
  </message>
  <message>
   <source>14 ct (585)</source>
   <translation>14 ct (585)</translation>
  </message>
  <message>
   <source>14k</source>
   <translation>14k</translation>
  </message>
  <message>
   <source>1500 px JPEG, pure white</source>
   <translation>1500 px JPEG, pure white</translation>
  </message>
  <message>
   <source>1600 px JPEG, ≤ 12 MB</source>
   <translation>1600 px JPEG, ≤ 12 MB</translation>
  </message>
  <message>
   <source>18 % grey</source>
   <translation>18 % grey</translation>
  </message>
  <message>
   <source>18 ct (750)</source>
   <translation>18 ct (750)</translation>
  </message>
  <message>
   <source>18k</source>
   <translation>18k</translation>
  </message>
  <message>
   <source>1k</source>
   <translation>1k</translation>
  </message>
  <message>
   <source>2 Recipe</source>
   <translation>2 Recipe</translation>
  </message>
  <message>
   <source>2-up</source>
   <translation>2-up</translation>
  </message>
  <message>
   <source>2000 px JPEG, pure white</source>
   <translation>2000 px JPEG, pure white</translation>
  </message>
  <message>
   <source>2000 px JPEG, square</source>
   <translation>2000 px JPEG, square</translation>
  </message>
  <message>
   <source>2048 px JPEG, square</source>
   <translation>2048 px JPEG, square</translation>
  </message>
  <message>
   <source>22 ct (916)</source>
   <translation>22 ct (916)</translation>
  </message>
  <message>
   <source>22k</source>
   <translation>22k</translation>
  </message>
  <message>
   <source>24 ct (999)</source>
   <translation>24 ct (999)</translation>
  </message>
  <message>
   <source>24k</source>
   <translation>24k</translation>
  </message>
  <message>
   <source>2k</source>
   <translation>2k</translation>
  </message>
  <message>
   <source>3 Prompt</source>
   <translation>3 Prompt</translation>
  </message>
  <message>
   <source>3 quarter</source>
   <translation>3 quarter</translation>
  </message>
  <message>
   <source>32-bit or signed numbers instead of colours</source>
   <translation>32-bit or signed numbers instead of colours</translation>
  </message>
  <message>
   <source>3q</source>
   <translation>3q</translation>
  </message>
  <message>
   <source>3qtr</source>
   <translation>3qtr</translation>
  </message>
  <message>
   <source>4k</source>
   <translation>4k</translation>
  </message>
  <message>
   <source>8k</source>
   <translation>8k</translation>
  </message>
  <message>
   <source>9 ct (375)</source>
   <translation>9 ct (375)</translation>
  </message>
  <message>
   <source>925 silber</source>
   <translation>925 silber</translation>
  </message>
  <message>
   <source>9k</source>
   <translation>9k</translation>
  </message>
  <message>
   <source>A CAD render, a sketch or a photo. We read the metal and stones, you choose the scene. Drafts are made on this computer.</source>
   <translation>A CAD render, a sketch or a photo. We read the metal and stones, you choose the scene. Drafts are made on this computer.</translation>
  </message>
  <message>
   <source>A budget at OpenRouter is used up.</source>
   <translation>A budget at OpenRouter is used up.</translation>
  </message>
  <message>
   <source>A budget is a number of USD for a month.</source>
   <translation>A budget is a number of USD for a month.</translation>
  </message>
  <message>
   <source>A database cannot be opened under such a path.</source>
   <translation>A database cannot be opened under such a path.</translation>
  </message>
  <message>
   <source>A draft shows everything in its reference as one piece.</source>
   <translation>A draft shows everything in its reference as one piece.</translation>
  </message>
  <message>
   <source>A draft would show it with a straight cut.</source>
   <translation>A draft would show it with a straight cut.</translation>
  </message>
  <message>
   <source>A file</source>
   <translation>A file</translation>
  </message>
  <message>
   <source>A file that came with the program is missing or damaged.</source>
   <translation>A file that came with the program is missing or damaged.</translation>
  </message>
  <message>
   <source>A filter of the service stopped it.</source>
   <translation>A filter of the service stopped it.</translation>
  </message>
  <message>
   <source>A finished image is not listed.</source>
   <translation>A finished image is not listed.</translation>
  </message>
  <message>
   <source>A finished image is still listed as being made.</source>
   <translation>A finished image is still listed as being made.</translation>
  </message>
  <message>
   <source>A fuse stops what would cost more than it allows. Nothing was charged.</source>
   <translation>A fuse stops what would cost more than it allows. Nothing was charged.</translation>
  </message>
  <message>
   <source>A fuse: it stops a mistake before it becomes dear.</source>
   <translation>A fuse: it stops a mistake before it becomes dear.</translation>
  </message>
  <message>
   <source>A hand or a face is in the picture.</source>
   <translation>A hand or a face is in the picture.</translation>
  </message>
  <message>
   <source>A key is missing.</source>
   <translation>A key is missing.</translation>
  </message>
  <message>
   <source>A library does not work on this computer.</source>
   <translation>A library does not work on this computer.</translation>
  </message>
  <message>
   <source>A limit is a number of megabytes a second.</source>
   <translation>A limit is a number of megabytes a second.</translation>
  </message>
  <message>
   <source>A part of it is missing or of the wrong kind.</source>
   <translation>A part of it is missing or of the wrong kind.</translation>
  </message>
  <message>
   <source>A part of the program, a file of its font, is missing or damaged.</source>
   <translation>A part of the program, a file of its font, is missing or damaged.</translation>
  </message>
  <message>
   <source>A passphrase has at least {count} characters.</source>
   <translation>A passphrase has at least {count} characters.</translation>
  </message>
  <message>
   <source>A picture of the library has changed since it was stored.</source>
   <translation>A picture of the library has changed since it was stored.</translation>
  </message>
  <message>
   <source>A picture of the library is missing.</source>
   <translation>A picture of the library is missing.</translation>
  </message>
  <message>
   <source>A picture takes up space but belongs to nothing.</source>
   <translation>A picture takes up space but belongs to nothing.</translation>
  </message>
  <message>
   <source>A picture was not stored.</source>
   <translation>A picture was not stored.</translation>
  </message>
  <message>
   <source>A piece has no more groups of stones than these</source>
   <translation>A piece has no more groups of stones than these</translation>
  </message>
  <message>
   <source>A piece was deleted, but nothing remembers to finish that.</source>
   <translation>A piece was deleted, but nothing remembers to finish that.</translation>
  </message>
  <message>
   <source>A reference could not be sent.</source>
   <translation>A reference could not be sent.</translation>
  </message>
  <message>
   <source>A reference counts as read but has no clean copy.</source>
   <translation>A reference counts as read but has no clean copy.</translation>
  </message>
  <message>
   <source>A reference is too large.</source>
   <translation>A reference is too large.</translation>
  </message>
  <message>
   <source>A request to work on a picture is not what was agreed.</source>
   <translation>A request to work on a picture is not what was agreed.</translation>
  </message>
  <message>
   <source>A ring.</source>
   <translation>A ring.</translation>
  </message>
  <message>
   <source>A row of the database belongs to something that is gone.</source>
   <translation>A row of the database belongs to something that is gone.</translation>
  </message>
  <message>
   <source>A row of the database holds a value that cannot be.</source>
   <translation>A row of the database holds a value that cannot be.</translation>
  </message>
  <message>
   <source>A table of the database is missing or different.</source>
   <translation>A table of the database is missing or different.</translation>
  </message>
  <message>
   <source>A4</source>
   <translation>A4</translation>
  </message>
  <message>
   <source>About</source>
   <translation>About</translation>
  </message>
  <message>
   <source>About DMDX Studio</source>
   <translation>About DMDX Studio</translation>
  </message>
  <message>
   <source>Accent</source>
   <translation>Accent</translation>
  </message>
  <message>
   <source>Accent stones</source>
   <translation>Accent stones</translation>
  </message>
  <message>
   <source>Access key ID</source>
   <translation>Access key ID</translation>
  </message>
  <message>
   <source>Access key id of the bucket</source>
   <translation>Access key id of the bucket</translation>
  </message>
  <message>
   <source>Action</source>
   <translation>Action</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Add</translation>
  </message>
  <message>
   <source>Add a larger version, best with at least 1000 pixels on the shorter side.</source>
   <translation>Add a larger version, best with at least 1000 pixels on the shorter side.</translation>
  </message>
  <message>
   <source>Add a picture file or a folder of pictures.</source>
   <translation>Add a picture file or a folder of pictures.</translation>
  </message>
  <message>
   <source>Add a word to the names</source>
   <translation>Add a word to the names</translation>
  </message>
  <message>
   <source>Add credit at openrouter.ai/credits.</source>
   <translation>Add credit at openrouter.ai/credits.</translation>
  </message>
  <message>
   <source>Add credit at wavespeed.ai, then continue.</source>
   <translation>Add credit at wavespeed.ai, then continue.</translation>
  </message>
  <message>
   <source>Add files</source>
   <translation>Add files</translation>
  </message>
  <message>
   <source>Add files…</source>
   <translation>Add files…</translation>
  </message>
  <message>
   <source>Add folder</source>
   <translation>Add folder</translation>
  </message>
  <message>
   <source>Add folder…</source>
   <translation>Add folder…</translation>
  </message>
  <message>
   <source>Add stone</source>
   <translation>Add stone</translation>
  </message>
  <message>
   <source>Add stones</source>
   <translation>Add stones</translation>
  </message>
  <message>
   <source>Add the rest in parts, folder by folder.</source>
   <translation>Add the rest in parts, folder by folder.</translation>
  </message>
  <message>
   <source>Add this folder itself.</source>
   <translation>Add this folder itself.</translation>
  </message>
  <message>
   <source>Add to collection</source>
   <translation>Add to collection</translation>
  </message>
  <message>
   <source>Add {fact}</source>
   <translation>Add {fact}</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Address</translation>
  </message>
  <message>
   <source>Adobe RGB (1998) compatible</source>
   <translation>Adobe RGB (1998) compatible</translation>
  </message>
  <message>
   <source>Advanced</source>
   <translation>Advanced</translation>
  </message>
  <message>
   <source>Advanced: {name}</source>
   <translation>Advanced: {name}</translation>
  </message>
  <message>
   <source>Ag</source>
   <translation>Ag</translation>
  </message>
  <message>
   <source>Agate</source>
   <translation>Agate</translation>
  </message>
  <message>
   <source>Alexandrite</source>
   <translation>Alexandrite</translation>
  </message>
  <message>
   <source>All</source>
   <translation>All</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>All files (*)</translation>
  </message>
  <message>
   <source>All filters</source>
   <translation>All filters</translation>
  </message>
  <message>
   <source>All its references are damaged or could not be opened.</source>
   <translation>All its references are damaged or could not be opened.</translation>
  </message>
  <message>
   <source>All models</source>
   <translation>All models</translation>
  </message>
  <message>
   <source>All models…</source>
   <translation>All models…</translation>
  </message>
  <message>
   <source>All of the pieces have it</source>
   <translation>All of the pieces have it</translation>
  </message>
  <message>
   <source>Allow writing to the folder, or choose another one with --basedir.</source>
   <translation>Allow writing to the folder, or choose another one with --basedir.</translation>
  </message>
  <message>
   <source>Aluminium</source>
   <translation>Aluminium</translation>
  </message>
  <message>
   <source>Always</source>
   <translation>Always</translation>
  </message>
  <message>
   <source>Amazon takes no rendered picture of a piece as its main image: use a photograph.</source>
   <translation>Amazon takes no rendered picture of a piece as its main image: use a photograph.</translation>
  </message>
  <message>
   <source>Amazon, by an undated copy of Seller Central 50211 and secondary sources: 1000 px for zoom, 2000 px recommended, pure white, 80 or 85 %. Not confirmed live</source>
   <translation>Amazon, by an undated copy of Seller Central 50211 and secondary sources: 1000 px for zoom, 2000 px recommended, pure white, 80 or 85 %. Not confirmed live</translation>
  </message>
  <message>
   <source>Amazon, main image</source>
   <translation>Amazon, main image</translation>
  </message>
  <message>
   <source>Amber</source>
   <translation>Amber</translation>
  </message>
  <message>
   <source>Amethyst</source>
   <translation>Amethyst</translation>
  </message>
  <message>
   <source>Ametrine</source>
   <translation>Ametrine</translation>
  </message>
  <message>
   <source>An exported image could not be read again.</source>
   <translation>An exported image could not be read again.</translation>
  </message>
  <message>
   <source>An index of the database is missing or does not match its table.</source>
   <translation>An index of the database is missing or does not match its table.</translation>
  </message>
  <message>
   <source>An object in the bucket is not whole.</source>
   <translation>An object in the bucket is not whole.</translation>
  </message>
  <message>
   <source>An unfinished file was left behind.</source>
   <translation>An unfinished file was left behind.</translation>
  </message>
  <message>
   <source>Analogue</source>
   <translation>Analogue</translation>
  </message>
  <message>
   <source>Analogue and digital</source>
   <translation>Analogue and digital</translation>
  </message>
  <message>
   <source>Angle</source>
   <translation>Angle</translation>
  </message>
  <message>
   <source>Ankle</source>
   <translation>Ankle</translation>
  </message>
  <message>
   <source>Anklet</source>
   <translation>Anklet</translation>
  </message>
  <message>
   <source>Anniversary</source>
   <translation>Anniversary</translation>
  </message>
  <message>
   <source>Another program has this library open and does not answer.</source>
   <translation>Another program has this library open and does not answer.</translation>
  </message>
  <message>
   <source>Another program has this library open.</source>
   <translation>Another program has this library open.</translation>
  </message>
  <message>
   <source>Another program is changing it.</source>
   <translation>Another program is changing it.</translation>
  </message>
  <message>
   <source>Another program is holding its database.</source>
   <translation>Another program is holding its database.</translation>
  </message>
  <message>
   <source>Another user could read or replace what is in it.</source>
   <translation>Another user could read or replace what is in it.</translation>
  </message>
  <message>
   <source>Another version of DMDX Studio has this library open.</source>
   <translation>Another version of DMDX Studio has this library open.</translation>
  </message>
  <message>
   <source>Appearance</source>
   <translation>Appearance</translation>
  </message>
  <message>
   <source>Aquamarine</source>
   <translation>Aquamarine</translation>
  </message>
  <message>
   <source>Armlet (bajuband)</source>
   <translation>Armlet (bajuband)</translation>
  </message>
  <message>
   <source>Arrow keys move it</source>
   <translation>Arrow keys move it</translation>
  </message>
  <message>
   <source>Art Deco</source>
   <translation>Art Deco</translation>
  </message>
  <message>
   <source>Art Nouveau</source>
   <translation>Art Nouveau</translation>
  </message>
  <message>
   <source>Article number</source>
   <translation>Article number</translation>
  </message>
  <message>
   <source>As cast</source>
   <translation>As cast</translation>
  </message>
  <message>
   <source>As it is</source>
   <translation>As it is</translation>
  </message>
  <message>
   <source>As ref.</source>
   <translation>As ref.</translation>
  </message>
  <message>
   <source>As reference</source>
   <translation>As reference</translation>
  </message>
  <message>
   <source>As the system is</source>
   <translation>As the system is</translation>
  </message>
  <message>
   <source>Ask</source>
   <translation>Ask</translation>
  </message>
  <message>
   <source>Ask for fewer at once, for example with --limit.</source>
   <translation>Ask for fewer at once, for example with --limit.</translation>
  </message>
  <message>
   <source>Ask the service's support; it was charged.</source>
   <translation>Ask the service's support; it was charged.</translation>
  </message>
  <message>
   <source>Ask the service's support; retry it if you want it anyway.</source>
   <translation>Ask the service's support; retry it if you want it anyway.</translation>
  </message>
  <message>
   <source>Asked in this order where the model does not answer.</source>
   <translation>Asked in this order where the model does not answer.</translation>
  </message>
  <message>
   <source>Asked, looking it up</source>
   <translation>Asked, looking it up</translation>
  </message>
  <message>
   <source>Asked, no answer yet: looking it up, nothing is sent twice</source>
   <translation>Asked, no answer yet: looking it up, nothing is sent twice</translation>
  </message>
  <message>
   <source>Asscher</source>
   <translation>Asscher</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Back</translation>
  </message>
  <message>
   <source>Background</source>
   <translation>Background</translation>
  </message>
  <message>
   <source>Backspace</source>
   <translation>Backspace</translation>
  </message>
  <message>
   <source>Baguette</source>
   <translation>Baguette</translation>
  </message>
  <message>
   <source>Bail only</source>
   <translation>Bail only</translation>
  </message>
  <message>
   <source>Balance</source>
   <translation>Balance</translation>
  </message>
  <message>
   <source>Bali</source>
   <translation>Bali</translation>
  </message>
  <message>
   <source>Ball (bead)</source>
   <translation>Ball (bead)</translation>
  </message>
  <message>
   <source>Bangle</source>
   <translation>Bangle</translation>
  </message>
  <message>
   <source>Bar</source>
   <translation>Bar</translation>
  </message>
  <message>
   <source>Bark</source>
   <translation>Bark</translation>
  </message>
  <message>
   <source>Baroque</source>
   <translation>Baroque</translation>
  </message>
  <message>
   <source>Barrel</source>
   <translation>Barrel</translation>
  </message>
  <message>
   <source>Basket</source>
   <translation>Basket</translation>
  </message>
  <message>
   <source>Basse-taille enamel</source>
   <translation>Basse-taille enamel</translation>
  </message>
  <message>
   <source>Bead</source>
   <translation>Bead</translation>
  </message>
  <message>
   <source>Bead (grain)</source>
   <translation>Bead (grain)</translation>
  </message>
  <message>
   <source>Beaded</source>
   <translation>Beaded</translation>
  </message>
  <message>
   <source>Before / after</source>
   <translation>Before / after</translation>
  </message>
  <message>
   <source>Before and after</source>
   <translation>Before and after</translation>
  </message>
  <message>
   <source>Belly</source>
   <translation>Belly</translation>
  </message>
  <message>
   <source>Bezel</source>
   <translation>Bezel</translation>
  </message>
  <message>
   <source>Bib</source>
   <translation>Bib</translation>
  </message>
  <message>
   <source>Birthday</source>
   <translation>Birthday</translation>
  </message>
  <message>
   <source>Black</source>
   <translation>Black</translation>
  </message>
  <message>
   <source>Black gold</source>
   <translation>Black gold</translation>
  </message>
  <message>
   <source>Black rhodium</source>
   <translation>Black rhodium</translation>
  </message>
  <message>
   <source>Black zirconium</source>
   <translation>Black zirconium</translation>
  </message>
  <message>
   <source>Blink between before and after</source>
   <translation>Blink between before and after</translation>
  </message>
  <message>
   <source>Blue</source>
   <translation>Blue</translation>
  </message>
  <message>
   <source>Body jewellery</source>
   <translation>Body jewellery</translation>
  </message>
  <message>
   <source>Bohemian</source>
   <translation>Bohemian</translation>
  </message>
  <message>
   <source>Bolo</source>
   <translation>Bolo</translation>
  </message>
  <message>
   <source>Bottom left</source>
   <translation>Bottom left</translation>
  </message>
  <message>
   <source>Bottom right</source>
   <translation>Bottom right</translation>
  </message>
  <message>
   <source>Box</source>
   <translation>Box</translation>
  </message>
  <message>
   <source>Bracelet</source>
   <translation>Bracelet</translation>
  </message>
  <message>
   <source>Brass</source>
   <translation>Brass</translation>
  </message>
  <message>
   <source>Bridal</source>
   <translation>Bridal</translation>
  </message>
  <message>
   <source>Bridal set</source>
   <translation>Bridal set</translation>
  </message>
  <message>
   <source>Bright parts of the picture have lost their detail.</source>
   <translation>Bright parts of the picture have lost their detail.</translation>
  </message>
  <message>
   <source>Brilliant</source>
   <translation>Brilliant</translation>
  </message>
  <message>
   <source>Briolette</source>
   <translation>Briolette</translation>
  </message>
  <message>
   <source>Bronze</source>
   <translation>Bronze</translation>
  </message>
  <message>
   <source>Brooch</source>
   <translation>Brooch</translation>
  </message>
  <message>
   <source>Brown</source>
   <translation>Brown</translation>
  </message>
  <message>
   <source>Brushed</source>
   <translation>Brushed</translation>
  </message>
  <message>
   <source>Bucket</source>
   <translation>Bucket</translation>
  </message>
  <message>
   <source>Budget for a month</source>
   <translation>Budget for a month</translation>
  </message>
  <message>
   <source>Budget for a month in USD</source>
   <translation>Budget for a month in USD</translation>
  </message>
  <message>
   <source>Budget lifted this month</source>
   <translation>Budget lifted this month</translation>
  </message>
  <message>
   <source>Budget of {budget} reached</source>
   <translation>Budget of {budget} reached</translation>
  </message>
  <message>
   <source>Budget used up</source>
   <translation>Budget used up</translation>
  </message>
  <message>
   <source>Bullet</source>
   <translation>Bullet</translation>
  </message>
  <message>
   <source>Busy</source>
   <translation>Busy</translation>
  </message>
  <message>
   <source>Bypass</source>
   <translation>Bypass</translation>
  </message>
  <message>
   <source>Byzantine</source>
   <translation>Byzantine</translation>
  </message>
  <message>
   <source>CAD render</source>
   <translation>CAD render</translation>
  </message>
  <message>
   <source>Cable</source>
   <translation>Cable</translation>
  </message>
  <message>
   <source>Cabochon</source>
   <translation>Cabochon</translation>
  </message>
  <message>
   <source>Cache</source>
   <translation>Cache</translation>
  </message>
  <message>
   <source>Cache {size}</source>
   <translation>Cache {size}</translation>
  </message>
  <message>
   <source>Cage</source>
   <translation>Cage</translation>
  </message>
  <message>
   <source>Cameo</source>
   <translation>Cameo</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Cancel</translation>
  </message>
  <message>
   <source>Cancel this image</source>
   <translation>Cancel this image</translation>
  </message>
  <message>
   <source>Cancel waiting</source>
   <translation>Cancel waiting</translation>
  </message>
  <message>
   <source>Cancel waiting ({count})</source>
   <translation>Cancel waiting ({count})</translation>
  </message>
  <message>
   <source>Canvas</source>
   <translation>Canvas</translation>
  </message>
  <message>
   <source>Careful with scenes and text</source>
   <translation>Careful with scenes and text</translation>
  </message>
  <message>
   <source>Carnelian</source>
   <translation>Carnelian</translation>
  </message>
  <message>
   <source>Carved</source>
   <translation>Carved</translation>
  </message>
  <message>
   <source>Cat's eye</source>
   <translation>Cat's eye</translation>
  </message>
  <message>
   <source>Cathedral</source>
   <translation>Cathedral</translation>
  </message>
  <message>
   <source>Cc</source>
   <translation>Cc</translation>
  </message>
  <message>
   <source>Celestial</source>
   <translation>Celestial</translation>
  </message>
  <message>
   <source>Centre</source>
   <translation>Centre</translation>
  </message>
  <message>
   <source>Centre stone</source>
   <translation>Centre stone</translation>
  </message>
  <message>
   <source>Ceramic</source>
   <translation>Ceramic</translation>
  </message>
  <message>
   <source>Cf</source>
   <translation>Cf</translation>
  </message>
  <message>
   <source>Chain</source>
   <translation>Chain</translation>
  </message>
  <message>
   <source>Chalcedony</source>
   <translation>Chalcedony</translation>
  </message>
  <message>
   <source>Champlevé enamel</source>
   <translation>Champlevé enamel</translation>
  </message>
  <message>
   <source>Chandbali</source>
   <translation>Chandbali</translation>
  </message>
  <message>
   <source>Chandelier</source>
   <translation>Chandelier</translation>
  </message>
  <message>
   <source>Change budget</source>
   <translation>Change budget</translation>
  </message>
  <message>
   <source>Change nothing else about the piece. Add no stone, claw or other jewellery, no text, logo or watermark, and leave none of the piece out.</source>
   <translation>Change nothing else about the piece. Add no stone, claw or other jewellery, no text, logo or watermark, and leave none of the piece out.</translation>
  </message>
  <message>
   <source>Change shortcuts…</source>
   <translation>Change shortcuts…</translation>
  </message>
  <message>
   <source>Change the prompt or the reference, or choose another engine.</source>
   <translation>Change the prompt or the reference, or choose another engine.</translation>
  </message>
  <message>
   <source>Changes are not saved</source>
   <translation>Changes are not saved</translation>
  </message>
  <message>
   <source>Channel</source>
   <translation>Channel</translation>
  </message>
  <message>
   <source>Charged {money}</source>
   <translation>Charged {money}</translation>
  </message>
  <message>
   <source>Charm</source>
   <translation>Charm</translation>
  </message>
  <message>
   <source>Charm bracelet</source>
   <translation>Charm bracelet</translation>
  </message>
  <message>
   <source>Chased</source>
   <translation>Chased</translation>
  </message>
  <message>
   <source>Check and generate</source>
   <translation>Check and generate</translation>
  </message>
  <message>
   <source>Check that the file is there and that you may open it, then try again.</source>
   <translation>Check that the file is there and that you may open it, then try again.</translation>
  </message>
  <message>
   <source>Check that the folder exists and that you may read it, or choose another one with --basedir.</source>
   <translation>Check that the folder exists and that you may read it, or choose another one with --basedir.</translation>
  </message>
  <message>
   <source>Check that the folder is there and that you may write to it, then try again.</source>
   <translation>Check that the folder is there and that you may write to it, then try again.</translation>
  </message>
  <message>
   <source>Check the cut-out.</source>
   <translation>Check the cut-out.</translation>
  </message>
  <message>
   <source>Check the cut-out: the outline of the piece is hard to tell from the background.</source>
   <translation>Check the cut-out: the outline of the piece is hard to tell from the background.</translation>
  </message>
  <message>
   <source>Check the disk, then export it again.</source>
   <translation>Check the disk, then export it again.</translation>
  </message>
  <message>
   <source>Check the disk, then try again.</source>
   <translation>Check the disk, then try again.</translation>
  </message>
  <message>
   <source>Check the name and the folder.</source>
   <translation>Check the name and the folder.</translation>
  </message>
  <message>
   <source>Check the path, and add it again.</source>
   <translation>Check the path, and add it again.</translation>
  </message>
  <message>
   <source>Check {count}</source>
   <translation>Check {count}</translation>
  </message>
  <message>
   <source>Check {percent}</source>
   <translation>Check {percent}</translation>
  </message>
  <message>
   <source>Choker</source>
   <translation>Choker</translation>
  </message>
  <message>
   <source>Choose</source>
   <translation>Choose</translation>
  </message>
  <message>
   <source>Choose a folder</source>
   <translation>Choose a folder</translation>
  </message>
  <message>
   <source>Choose a folder first.</source>
   <translation>Choose a folder first.</translation>
  </message>
  <message>
   <source>Choose a folder with a shorter path with --basedir.</source>
   <translation>Choose a folder with a shorter path with --basedir.</translation>
  </message>
  <message>
   <source>Choose a longer one.</source>
   <translation>Choose a longer one.</translation>
  </message>
  <message>
   <source>Choose a smaller size, or JPEG.</source>
   <translation>Choose a smaller size, or JPEG.</translation>
  </message>
  <message>
   <source>Choose another engine.</source>
   <translation>Choose another engine.</translation>
  </message>
  <message>
   <source>Choose another file with --to.</source>
   <translation>Choose another file with --to.</translation>
  </message>
  <message>
   <source>Choose another folder with --basedir, or import pictures first.</source>
   <translation>Choose another folder with --basedir, or import pictures first.</translation>
  </message>
  <message>
   <source>Choose another folder with --basedir.</source>
   <translation>Choose another folder with --basedir.</translation>
  </message>
  <message>
   <source>Choose another folder with --to.</source>
   <translation>Choose another folder with --to.</translation>
  </message>
  <message>
   <source>Choose another folder, then run `dmdx-desktop export`.</source>
   <translation>Choose another folder, then run `dmdx-desktop export`.</translation>
  </message>
  <message>
   <source>Choose another model in Settings, Connections, or update DMDX Studio.</source>
   <translation>Choose another model in Settings, Connections, or update DMDX Studio.</translation>
  </message>
  <message>
   <source>Choose another model, or describe the piece yourself.</source>
   <translation>Choose another model, or describe the piece yourself.</translation>
  </message>
  <message>
   <source>Choose another model.</source>
   <translation>Choose another model.</translation>
  </message>
  <message>
   <source>Choose another path.</source>
   <translation>Choose another path.</translation>
  </message>
  <message>
   <source>Choose another place with --to.</source>
   <translation>Choose another place with --to.</translation>
  </message>
  <message>
   <source>Choose another scene, or a paid engine.</source>
   <translation>Choose another scene, or a paid engine.</translation>
  </message>
  <message>
   <source>Choose another scene, or another engine.</source>
   <translation>Choose another scene, or another engine.</translation>
  </message>
  <message>
   <source>Choose another.</source>
   <translation>Choose another.</translation>
  </message>
  <message>
   <source>Choose files…</source>
   <translation>Choose files…</translation>
  </message>
  <message>
   <source>Choose folder…</source>
   <translation>Choose folder…</translation>
  </message>
  <message>
   <source>Choose one of the list.</source>
   <translation>Choose one of the list.</translation>
  </message>
  <message>
   <source>Choose the folder that holds the pictures.</source>
   <translation>Choose the folder that holds the pictures.</translation>
  </message>
  <message>
   <source>Choose…</source>
   <translation>Choose…</translation>
  </message>
  <message>
   <source>Citrine</source>
   <translation>Citrine</translation>
  </message>
  <message>
   <source>Clasp</source>
   <translation>Clasp</translation>
  </message>
  <message>
   <source>Classic</source>
   <translation>Classic</translation>
  </message>
  <message>
   <source>Claw (prong)</source>
   <translation>Claw (prong)</translation>
  </message>
  <message>
   <source>Claws each</source>
   <translation>Claws each</translation>
  </message>
  <message>
   <source>Clear filters</source>
   <translation>Clear filters</translation>
  </message>
  <message>
   <source>Clear the rating</source>
   <translation>Clear the rating</translation>
  </message>
  <message>
   <source>Clear the selection</source>
   <translation>Clear the selection</translation>
  </message>
  <message>
   <source>Climber</source>
   <translation>Climber</translation>
  </message>
  <message>
   <source>Clip</source>
   <translation>Clip</translation>
  </message>
  <message>
   <source>Clip-on</source>
   <translation>Clip-on</translation>
  </message>
  <message>
   <source>Cloisonné enamel</source>
   <translation>Cloisonné enamel</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Close</translation>
  </message>
  <message>
   <source>Close DMDX Studio and other programs that use this basedir, or choose another one with --basedir.</source>
   <translation>Close DMDX Studio and other programs that use this basedir, or choose another one with --basedir.</translation>
  </message>
  <message>
   <source>Close DMDX Studio and try again.</source>
   <translation>Close DMDX Studio and try again.</translation>
  </message>
  <message>
   <source>Close every window of DMDX Studio, and start it again.</source>
   <translation>Close every window of DMDX Studio, and start it again.</translation>
  </message>
  <message>
   <source>Close other programs that use it, then try again.</source>
   <translation>Close other programs that use it, then try again.</translation>
  </message>
  <message>
   <source>Close other programs, then run `dmdx-desktop resume`; `dmdx-desktop self-test` says what is missing.</source>
   <translation>Close other programs, then run `dmdx-desktop resume`; `dmdx-desktop self-test` says what is missing.</translation>
  </message>
  <message>
   <source>Close the other one, then run the command again.</source>
   <translation>Close the other one, then run the command again.</translation>
  </message>
  <message>
   <source>Close the other program and try again.</source>
   <translation>Close the other program and try again.</translation>
  </message>
  <message>
   <source>Close this message</source>
   <translation>Close this message</translation>
  </message>
  <message>
   <source>Close window</source>
   <translation>Close window</translation>
  </message>
  <message>
   <source>Cloud</source>
   <translation>Cloud</translation>
  </message>
  <message>
   <source>Cloudflare R2</source>
   <translation>Cloudflare R2</translation>
  </message>
  <message>
   <source>Cluster</source>
   <translation>Cluster</translation>
  </message>
  <message>
   <source>Cn</source>
   <translation>Cn</translation>
  </message>
  <message>
   <source>Co</source>
   <translation>Co</translation>
  </message>
  <message>
   <source>Coated</source>
   <translation>Coated</translation>
  </message>
  <message>
   <source>Cobalt</source>
   <translation>Cobalt</translation>
  </message>
  <message>
   <source>Cocktail</source>
   <translation>Cocktail</translation>
  </message>
  <message>
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>Collar</source>
   <translation>Collar</translation>
  </message>
  <message>
   <source>Collection</source>
   <translation>Collection</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Colour</translation>
  </message>
  <message>
   <source>Coloured</source>
   <translation>Coloured</translation>
  </message>
  <message>
   <source>Coloured sketch</source>
   <translation>Coloured sketch</translation>
  </message>
  <message>
   <source>Colourless</source>
   <translation>Colourless</translation>
  </message>
  <message>
   <source>Colours of the window. Pictures are judged on neutral grey in both.</source>
   <translation>Colours of the window. Pictures are judged on neutral grey in both.</translation>
  </message>
  <message>
   <source>Comb</source>
   <translation>Comb</translation>
  </message>
  <message>
   <source>Comfort fit</source>
   <translation>Comfort fit</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Compare</translation>
  </message>
  <message>
   <source>Compare the selection</source>
   <translation>Compare the selection</translation>
  </message>
  <message>
   <source>Compared</source>
   <translation>Compared</translation>
  </message>
  <message>
   <source>Comparing {done} of {total}</source>
   <translation>Comparing {done} of {total}</translation>
  </message>
  <message>
   <source>Comparison with the reference is billed by OpenRouter</source>
   <translation>Comparison with the reference is billed by OpenRouter</translation>
  </message>
  <message>
   <source>Comparison with the reference: about {money} more</source>
   <translation>Comparison with the reference: about {money} more</translation>
  </message>
  <message>
   <source>Component</source>
   <translation>Component</translation>
  </message>
  <message>
   <source>Composite</source>
   <translation>Composite</translation>
  </message>
  <message>
   <source>Confirm</source>
   <translation>Confirm</translation>
  </message>
  <message>
   <source>Confirm piece</source>
   <translation>Confirm piece</translation>
  </message>
  <message>
   <source>Confirm pieces</source>
   <translation>Confirm pieces</translation>
  </message>
  <message>
   <source>Confirm {count}</source>
   <translation>Confirm {count}</translation>
  </message>
  <message>
   <source>Connect a bucket first: `dmdx-desktop connections set r2`.</source>
   <translation>Connect a bucket first: `dmdx-desktop connections set r2`.</translation>
  </message>
  <message>
   <source>Connect an engine for photographs</source>
   <translation>Connect an engine for photographs</translation>
  </message>
  <message>
   <source>Connected, not tested</source>
   <translation>Connected, not tested</translation>
  </message>
  <message>
   <source>Connections</source>
   <translation>Connections</translation>
  </message>
  <message>
   <source>Contact sheet</source>
   <translation>Contact sheet</translation>
  </message>
  <message>
   <source>Contact sheet, Letter</source>
   <translation>Contact sheet, Letter</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Continue</translation>
  </message>
  <message>
   <source>Continue in a while, or raise it in Settings, Connections.</source>
   <translation>Continue in a while, or raise it in Settings, Connections.</translation>
  </message>
  <message>
   <source>Copies at most</source>
   <translation>Copies at most</translation>
  </message>
  <message>
   <source>Copper</source>
   <translation>Copper</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Copy</translation>
  </message>
  <message>
   <source>Copy details</source>
   <translation>Copy details</translation>
  </message>
  <message>
   <source>Copy finished images into the bucket</source>
   <translation>Copy finished images into the bucket</translation>
  </message>
  <message>
   <source>Copy or export the picture again and add the new file.</source>
   <translation>Copy or export the picture again and add the new file.</translation>
  </message>
  <message>
   <source>Copy the address</source>
   <translation>Copy the address</translation>
  </message>
  <message>
   <source>Copy the files to this computer, and add the copies.</source>
   <translation>Copy the files to this computer, and add the copies.</translation>
  </message>
  <message>
   <source>Copy the key alone, and give it again.</source>
   <translation>Copy the key alone, and give it again.</translation>
  </message>
  <message>
   <source>Copy the picture itself to another folder.</source>
   <translation>Copy the picture itself to another folder.</translation>
  </message>
  <message>
   <source>Copy the text</source>
   <translation>Copy the text</translation>
  </message>
  <message>
   <source>Copyright</source>
   <translation>Copyright</translation>
  </message>
  <message>
   <source>Coral</source>
   <translation>Coral</translation>
  </message>
  <message>
   <source>Cord</source>
   <translation>Cord</translation>
  </message>
  <message>
   <source>Correct it in Settings, Connections.</source>
   <translation>Correct it in Settings, Connections.</translation>
  </message>
  <message>
   <source>Correct it, or remove it to start with the defaults; pictures are not affected.</source>
   <translation>Correct it, or remove it to start with the defaults; pictures are not affected.</translation>
  </message>
  <message>
   <source>Cost</source>
   <translation>Cost</translation>
  </message>
  <message>
   <source>Count</source>
   <translation>Count</translation>
  </message>
  <message>
   <source>Count the claws of each stone in the reference and show exactly as many.</source>
   <translation>Count the claws of each stone in the reference and show exactly as many.</translation>
  </message>
  <message>
   <source>Count the stones of the reference and show exactly as many, each in its place.</source>
   <translation>Count the stones of the reference and show exactly as many, each in its place.</translation>
  </message>
  <message>
   <source>Counting…</source>
   <translation>Counting…</translation>
  </message>
  <message>
   <source>Cream</source>
   <translation>Cream</translation>
  </message>
  <message>
   <source>Creator</source>
   <translation>Creator</translation>
  </message>
  <message>
   <source>Crop it around the piece and add that.</source>
   <translation>Crop it around the piece and add that.</translation>
  </message>
  <message>
   <source>Cross</source>
   <translation>Cross</translation>
  </message>
  <message>
   <source>Crystal glass</source>
   <translation>Crystal glass</translation>
  </message>
  <message>
   <source>Cs</source>
   <translation>Cs</translation>
  </message>
  <message>
   <source>Ctrl+,</source>
   <translation>Ctrl+,</translation>
  </message>
  <message>
   <source>Ctrl+0</source>
   <translation>Ctrl+0</translation>
  </message>
  <message>
   <source>Ctrl+E</source>
   <translation>Ctrl+E</translation>
  </message>
  <message>
   <source>Ctrl+F</source>
   <translation>Ctrl+F</translation>
  </message>
  <message>
   <source>Ctrl+G</source>
   <translation>Ctrl+G</translation>
  </message>
  <message>
   <source>Ctrl+L</source>
   <translation>Ctrl+L</translation>
  </message>
  <message>
   <source>Ctrl+Q</source>
   <translation>Ctrl+Q</translation>
  </message>
  <message>
   <source>Ctrl+Shift+E</source>
   <translation>Ctrl+Shift+E</translation>
  </message>
  <message>
   <source>Ctrl+Shift+O</source>
   <translation>Ctrl+Shift+O</translation>
  </message>
  <message>
   <source>Ctrl+click or Shift+arrow adds one</source>
   <translation>Ctrl+click or Shift+arrow adds one</translation>
  </message>
  <message>
   <source>Cubic zirconia</source>
   <translation>Cubic zirconia</translation>
  </message>
  <message>
   <source>Cuff</source>
   <translation>Cuff</translation>
  </message>
  <message>
   <source>Cufflinks</source>
   <translation>Cufflinks</translation>
  </message>
  <message>
   <source>Curb (gourmette)</source>
   <translation>Curb (gourmette)</translation>
  </message>
  <message>
   <source>Cushion</source>
   <translation>Cushion</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Cut</translation>
  </message>
  <message>
   <source>Cut-out</source>
   <translation>Cut-out</translation>
  </message>
  <message>
   <source>Cut-out for layout</source>
   <translation>Cut-out for layout</translation>
  </message>
  <message>
   <source>DMDX Studio</source>
   <translation>DMDX Studio</translation>
  </message>
  <message>
   <source>DMDX Studio ended before it answered.</source>
   <translation>DMDX Studio ended before it answered.</translation>
  </message>
  <message>
   <source>DMDX Studio is open already.</source>
   <translation>DMDX Studio is open already.</translation>
  </message>
  <message>
   <source>DMDX Studio {version}</source>
   <translation>DMDX Studio {version}</translation>
  </message>
  <message>
   <source>DMDX Studio: demonstration</source>
   <translation>DMDX Studio: demonstration</translation>
  </message>
  <message>
   <source>DMDX had to restart its background work three times in ten minutes. Nothing is lost.</source>
   <translation>DMDX had to restart its background work three times in ten minutes. Nothing is lost.</translation>
  </message>
  <message>
   <source>DMDX had to restart its background work. Nothing is lost.</source>
   <translation>DMDX had to restart its background work. Nothing is lost.</translation>
  </message>
  <message>
   <source>DMDX had to restart its background work. Nothing is lost: 1 image continues.</source>
   <translation>DMDX had to restart its background work. Nothing is lost: 1 image continues.</translation>
  </message>
  <message>
   <source>DMDX had to restart its background work. Nothing is lost: {count} images continue.</source>
   <translation>DMDX had to restart its background work. Nothing is lost: {count} images continue.</translation>
  </message>
  <message>
   <source>DMDX reads JPEG, PNG, WebP, TIFF, BMP, GIF and HEIC.</source>
   <translation>DMDX reads JPEG, PNG, WebP, TIFF, BMP, GIF and HEIC.</translation>
  </message>
  <message>
   <source>Dainty</source>
   <translation>Dainty</translation>
  </message>
  <message>
   <source>Dangle</source>
   <translation>Dangle</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dark</translation>
  </message>
  <message>
   <source>Dark grey</source>
   <translation>Dark grey</translation>
  </message>
  <message>
   <source>Date</source>
   <translation>Date</translation>
  </message>
  <message>
   <source>Day</source>
   <translation>Day</translation>
  </message>
  <message>
   <source>Del</source>
   <translation>Del</translation>
  </message>
  <message>
   <source>Delete 1 image?</source>
   <translation>Delete 1 image?</translation>
  </message>
  <message>
   <source>Delete image</source>
   <translation>Delete image</translation>
  </message>
  <message>
   <source>Delete image…</source>
   <translation>Delete image…</translation>
  </message>
  <message>
   <source>Delete lets everything through</source>
   <translation>Delete lets everything through</translation>
  </message>
  <message>
   <source>Delete piece</source>
   <translation>Delete piece</translation>
  </message>
  <message>
   <source>Delete the selected images</source>
   <translation>Delete the selected images</translation>
  </message>
  <message>
   <source>Delete {count} images</source>
   <translation>Delete {count} images</translation>
  </message>
  <message>
   <source>Delete {count} images?</source>
   <translation>Delete {count} images?</translation>
  </message>
  <message>
   <source>Delete {count} images…</source>
   <translation>Delete {count} images…</translation>
  </message>
  <message>
   <source>Delete {count} pieces</source>
   <translation>Delete {count} pieces</translation>
  </message>
  <message>
   <source>Delete {count} pieces?</source>
   <translation>Delete {count} pieces?</translation>
  </message>
  <message>
   <source>Delete “{title}”?</source>
   <translation>Delete “{title}”?</translation>
  </message>
  <message>
   <source>Delete, after asking</source>
   <translation>Delete, after asking</translation>
  </message>
  <message>
   <source>Deleted here, but not everywhere yet. A service that had copies does not answer now.</source>
   <translation>Deleted here, but not everywhere yet. A service that had copies does not answer now.</translation>
  </message>
  <message>
   <source>Deleted, finishing</source>
   <translation>Deleted, finishing</translation>
  </message>
  <message>
   <source>Deleted, proven</source>
   <translation>Deleted, proven</translation>
  </message>
  <message>
   <source>Delete…</source>
   <translation>Delete…</translation>
  </message>
  <message>
   <source>Deleting {done} of {total}</source>
   <translation>Deleting {done} of {total}</translation>
  </message>
  <message>
   <source>Deletion of {time}</source>
   <translation>Deletion of {time}</translation>
  </message>
  <message>
   <source>Demonstration: servers on this computer stand in for the paid ones. Nothing costs money.</source>
   <translation>Demonstration: servers on this computer stand in for the paid ones. Nothing costs money.</translation>
  </message>
  <message>
   <source>Describe the piece yourself, or choose another model in Settings, Connections.</source>
   <translation>Describe the piece yourself, or choose another model in Settings, Connections.</translation>
  </message>
  <message>
   <source>Describe this piece by the form.</source>
   <translation>Describe this piece by the form.</translation>
  </message>
  <message>
   <source>Description</source>
   <translation>Description</translation>
  </message>
  <message>
   <source>Design</source>
   <translation>Design</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Details</translation>
  </message>
  <message>
   <source>Develop it in your photo program, export it as a TIFF or JPEG and add that.</source>
   <translation>Develop it in your photo program, export it as a TIFF or JPEG and add that.</translation>
  </message>
  <message>
   <source>Diamond</source>
   <translation>Diamond</translation>
  </message>
  <message>
   <source>Diamond-cut</source>
   <translation>Diamond-cut</translation>
  </message>
  <message>
   <source>Digital</source>
   <translation>Digital</translation>
  </message>
  <message>
   <source>Digital sketch</source>
   <translation>Digital sketch</translation>
  </message>
  <message>
   <source>Discard changes</source>
   <translation>Discard changes</translation>
  </message>
  <message>
   <source>Disk</source>
   <translation>Disk</translation>
  </message>
  <message>
   <source>Divider at {percent} %</source>
   <translation>Divider at {percent} %</translation>
  </message>
  <message>
   <source>Divider between panes</source>
   <translation>Divider between panes</translation>
  </message>
  <message>
   <source>Do this from now on</source>
   <translation>Do this from now on</translation>
  </message>
  <message>
   <source>Dome</source>
   <translation>Dome</translation>
  </message>
  <message>
   <source>Done at {time}</source>
   <translation>Done at {time}</translation>
  </message>
  <message>
   <source>Done by</source>
   <translation>Done by</translation>
  </message>
  <message>
   <source>Done today</source>
   <translation>Done today</translation>
  </message>
  <message>
   <source>Done {count}</source>
   <translation>Done {count}</translation>
  </message>
  <message>
   <source>Downloading</source>
   <translation>Downloading</translation>
  </message>
  <message>
   <source>Draft</source>
   <translation>Draft</translation>
  </message>
  <message>
   <source>Draft or engine</source>
   <translation>Draft or engine</translation>
  </message>
  <message>
   <source>Draft, on this computer</source>
   <translation>Draft, on this computer</translation>
  </message>
  <message>
   <source>Drafts are made here, with no account and no network. Nothing has to be set up first.</source>
   <translation>Drafts are made here, with no account and no network. Nothing has to be set up first.</translation>
  </message>
  <message>
   <source>Drafts are made on this computer then. Images already made stay.</source>
   <translation>Drafts are made on this computer then. Images already made stay.</translation>
  </message>
  <message>
   <source>Drafts on this computer</source>
   <translation>Drafts on this computer</translation>
  </message>
  <message>
   <source>Drafts · free</source>
   <translation>Drafts · free</translation>
  </message>
  <message>
   <source>Drag one to another piece</source>
   <translation>Drag one to another piece</translation>
  </message>
  <message>
   <source>Dragged</source>
   <translation>Dragged</translation>
  </message>
  <message>
   <source>Drop</source>
   <translation>Drop</translation>
  </message>
  <message>
   <source>Drop files or folders anywhere</source>
   <translation>Drop files or folders anywhere</translation>
  </message>
  <message>
   <source>Drop files or folders here</source>
   <translation>Drop files or folders here</translation>
  </message>
  <message>
   <source>Drop to add</source>
   <translation>Drop to add</translation>
  </message>
  <message>
   <source>Drop to add 1 picture</source>
   <translation>Drop to add 1 picture</translation>
  </message>
  <message>
   <source>Drop to add {count} pictures</source>
   <translation>Drop to add {count} pictures</translation>
  </message>
  <message>
   <source>Duplicates are recognised</source>
   <translation>Duplicates are recognised</translation>
  </message>
  <message>
   <source>EXISTS (SELECT 1 FROM attempt WHERE render_key = render.key AND history_expired = 1 AND attempt.state = 'intent')</source>
   <translation>EXISTS (SELECT 1 FROM attempt WHERE render_key = render.key AND history_expired = 1 AND attempt.state = 'intent')</translation>
  </message>
  <message>
   <source>EXISTS (SELECT 1 FROM output WHERE output.job_key = job.key)</source>
   <translation>EXISTS (SELECT 1 FROM output WHERE output.job_key = job.key)</translation>
  </message>
  <message>
   <source>Each bar: prepare · render · save</source>
   <translation>Each bar: prepare · render · save</translation>
  </message>
  <message>
   <source>Each bar: reserve · upload · submit · render · download · settle</source>
   <translation>Each bar: reserve · upload · submit · render · download · settle</translation>
  </message>
  <message>
   <source>Each picture becomes a piece; views can be put together afterwards</source>
   <translation>Each picture becomes a piece; views can be put together afterwards</translation>
  </message>
  <message>
   <source>Ear</source>
   <translation>Ear</translation>
  </message>
  <message>
   <source>Ear cuff</source>
   <translation>Ear cuff</translation>
  </message>
  <message>
   <source>Earring</source>
   <translation>Earring</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Edit</translation>
  </message>
  <message>
   <source>Edit as form</source>
   <translation>Edit as form</translation>
  </message>
  <message>
   <source>Edit prompt</source>
   <translation>Edit prompt</translation>
  </message>
  <message>
   <source>Edit together</source>
   <translation>Edit together</translation>
  </message>
  <message>
   <source>Edwardian</source>
   <translation>Edwardian</translation>
  </message>
  <message>
   <source>Embossed</source>
   <translation>Embossed</translation>
  </message>
  <message>
   <source>Emerald</source>
   <translation>Emerald</translation>
  </message>
  <message>
   <source>Empty is no budget. Images that would go beyond it wait.</source>
   <translation>Empty is no budget. Images that would go beyond it wait.</translation>
  </message>
  <message>
   <source>Empty is no limit.</source>
   <translation>Empty is no limit.</translation>
  </message>
  <message>
   <source>Enamel</source>
   <translation>Enamel</translation>
  </message>
  <message>
   <source>Endpoint</source>
   <translation>Endpoint</translation>
  </message>
  <message>
   <source>Engagement</source>
   <translation>Engagement</translation>
  </message>
  <message>
   <source>Engine</source>
   <translation>Engine</translation>
  </message>
  <message>
   <source>Engine: {name}</source>
   <translation>Engine: {name}</translation>
  </message>
  <message>
   <source>Engraved</source>
   <translation>Engraved</translation>
  </message>
  <message>
   <source>Enter</source>
   <translation>Enter</translation>
  </message>
  <message>
   <source>Enter changes it, Delete withdraws it</source>
   <translation>Enter changes it, Delete withdraws it</translation>
  </message>
  <message>
   <source>Enter shows its piece, Delete cancels this image.</source>
   <translation>Enter shows its piece, Delete cancels this image.</translation>
  </message>
  <message>
   <source>Erased in 1 second.</source>
   <translation>Erased in 1 second.</translation>
  </message>
  <message>
   <source>Erased in {count} seconds</source>
   <translation>Erased in {count} seconds</translation>
  </message>
  <message>
   <source>Erased in {count} seconds.</source>
   <translation>Erased in {count} seconds.</translation>
  </message>
  <message>
   <source>Erasing</source>
   <translation>Erasing</translation>
  </message>
  <message>
   <source>Etched</source>
   <translation>Etched</translation>
  </message>
  <message>
   <source>Etsy</source>
   <translation>Etsy</translation>
  </message>
  <message>
   <source>Etsy's listing images show the item itself; computer-made images only as further images for made-to-order options.</source>
   <translation>Etsy's listing images show the item itself; computer-made images only as further images for made-to-order options.</translation>
  </message>
  <message>
   <source>Etsy, listing image policy for the rule on rendered pictures; 2000 px on the shorter side by secondary sources. Not confirmed live</source>
   <translation>Etsy, listing image policy for the rule on rendered pictures; 2000 px on the shorter side by secondary sources. Not confirmed live</translation>
  </message>
  <message>
   <source>Euro shank</source>
   <translation>Euro shank</translation>
  </message>
  <message>
   <source>Evening</source>
   <translation>Evening</translation>
  </message>
  <message>
   <source>Every shortcut</source>
   <translation>Every shortcut</translation>
  </message>
  <message>
   <source>Everyday</source>
   <translation>Everyday</translation>
  </message>
  <message>
   <source>Everything else is {percent}% or above.</source>
   <translation>Everything else is {percent}% or above.</translation>
  </message>
  <message>
   <source>Everything is kept on this computer, in one folder.</source>
   <translation>Everything is kept on this computer, in one folder.</translation>
  </message>
  <message>
   <source>Everything is one piece</source>
   <translation>Everything is one piece</translation>
  </message>
  <message>
   <source>Everywhere</source>
   <translation>Everywhere</translation>
  </message>
  <message>
   <source>Exactly as they were made</source>
   <translation>Exactly as they were made</translation>
  </message>
  <message>
   <source>Export 1 image</source>
   <translation>Export 1 image</translation>
  </message>
  <message>
   <source>Export a smaller picture of the piece.</source>
   <translation>Export a smaller picture of the piece.</translation>
  </message>
  <message>
   <source>Export as last time</source>
   <translation>Export as last time</translation>
  </message>
  <message>
   <source>Export image…</source>
   <translation>Export image…</translation>
  </message>
  <message>
   <source>Export it as a PNG of at least 1600 pixels and add that.</source>
   <translation>Export it as a PNG of at least 1600 pixels and add that.</translation>
  </message>
  <message>
   <source>Export it as a PNG or TIFF and add that.</source>
   <translation>Export it as a PNG or TIFF and add that.</translation>
  </message>
  <message>
   <source>Export it as an RGB picture with 8 or 16 bits a channel and add that.</source>
   <translation>Export it as an RGB picture with 8 or 16 bits a channel and add that.</translation>
  </message>
  <message>
   <source>Export or download it again.</source>
   <translation>Export or download it again.</translation>
  </message>
  <message>
   <source>Export the page or the picture in it as a PNG and add that.</source>
   <translation>Export the page or the picture in it as a PNG and add that.</translation>
  </message>
  <message>
   <source>Export the pick first…</source>
   <translation>Export the pick first…</translation>
  </message>
  <message>
   <source>Export the {count} picks first…</source>
   <translation>Export the {count} picks first…</translation>
  </message>
  <message>
   <source>Export {count} images</source>
   <translation>Export {count} images</translation>
  </message>
  <message>
   <source>Export {count} images…</source>
   <translation>Export {count} images…</translation>
  </message>
  <message>
   <source>Export {count}…</source>
   <translation>Export {count}…</translation>
  </message>
  <message>
   <source>Exporting {done} of {total}</source>
   <translation>Exporting {done} of {total}</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Export…</translation>
  </message>
  <message>
   <source>Faceted</source>
   <translation>Faceted</translation>
  </message>
  <message>
   <source>Facets</source>
   <translation>Facets</translation>
  </message>
  <message>
   <source>Facts of the piece</source>
   <translation>Facts of the piece</translation>
  </message>
  <message>
   <source>Failed</source>
   <translation>Failed</translation>
  </message>
  <message>
   <source>Festive</source>
   <translation>Festive</translation>
  </message>
  <message>
   <source>Figaro</source>
   <translation>Figaro</translation>
  </message>
  <message>
   <source>File name {percent}</source>
   <translation>File name {percent}</translation>
  </message>
  <message>
   <source>Filigree</source>
   <translation>Filigree</translation>
  </message>
  <message>
   <source>Filigree, folk</source>
   <translation>Filigree, folk</translation>
  </message>
  <message>
   <source>Filled</source>
   <translation>Filled</translation>
  </message>
  <message>
   <source>Filter by {name}</source>
   <translation>Filter by {name}</translation>
  </message>
  <message>
   <source>Filter pieces</source>
   <translation>Filter pieces</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Find</translation>
  </message>
  <message>
   <source>Finding</source>
   <translation>Finding</translation>
  </message>
  <message>
   <source>Finger</source>
   <translation>Finger</translation>
  </message>
  <message>
   <source>Finish</source>
   <translation>Finish</translation>
  </message>
  <message>
   <source>Finished pictures of jewellery from CAD renders, sketches and photographs.</source>
   <translation>Finished pictures of jewellery from CAD renders, sketches and photographs.</translation>
  </message>
  <message>
   <source>Fishhook</source>
   <translation>Fishhook</translation>
  </message>
  <message>
   <source>Fit</source>
   <translation>Fit</translation>
  </message>
  <message>
   <source>Fit the picture, or show it at 100 %</source>
   <translation>Fit the picture, or show it at 100 %</translation>
  </message>
  <message>
   <source>Fit, or 100 %</source>
   <translation>Fit, or 100 %</translation>
  </message>
  <message>
   <source>Flag</source>
   <translation>Flag</translation>
  </message>
  <message>
   <source>Flat</source>
   <translation>Flat</translation>
  </message>
  <message>
   <source>Florentine</source>
   <translation>Florentine</translation>
  </message>
  <message>
   <source>Flush (gypsy)</source>
   <translation>Flush (gypsy)</translation>
  </message>
  <message>
   <source>Fold or show the group</source>
   <translation>Fold or show the group</translation>
  </message>
  <message>
   <source>Fold this group</source>
   <translation>Fold this group</translation>
  </message>
  <message>
   <source>Folded: {names}</source>
   <translation>Folded: {names}</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Folder</translation>
  </message>
  <message>
   <source>Folder of the library</source>
   <translation>Folder of the library</translation>
  </message>
  <message>
   <source>Folders become groups</source>
   <translation>Folders become groups</translation>
  </message>
  <message>
   <source>For all {count} pieces</source>
   <translation>For all {count} pieces</translation>
  </message>
  <message>
   <source>For example `--most-each 0.15`.</source>
   <translation>For example `--most-each 0.15`.</translation>
  </message>
  <message>
   <source>For example `dmdx-desktop connections budget 50`, or `none`, or `lift`.</source>
   <translation>For example `dmdx-desktop connections budget 50`, or `none`, or `lift`.</translation>
  </message>
  <message>
   <source>For example `dmdx-desktop connections copies limit 2`, or `none`.</source>
   <translation>For example `dmdx-desktop connections copies limit 2`, or `none`.</translation>
  </message>
  <message>
   <source>For example `dmdx-desktop export --all --to DIR`.</source>
   <translation>For example `dmdx-desktop export --all --to DIR`.</translation>
  </message>
  <message>
   <source>For you to decide</source>
   <translation>For you to decide</translation>
  </message>
  <message>
   <source>Forehead</source>
   <translation>Forehead</translation>
  </message>
  <message>
   <source>Forget</source>
   <translation>Forget</translation>
  </message>
  <message>
   <source>Forget every key that is saved on this computer? They have to be given once more then.</source>
   <translation>Forget every key that is saved on this computer? They have to be given once more then.</translation>
  </message>
  <message>
   <source>Forget one first.</source>
   <translation>Forget one first.</translation>
  </message>
  <message>
   <source>Forget recipe</source>
   <translation>Forget recipe</translation>
  </message>
  <message>
   <source>Forget the saved keys</source>
   <translation>Forget the saved keys</translation>
  </message>
  <message>
   <source>Forget “{name}”</source>
   <translation>Forget “{name}”</translation>
  </message>
  <message>
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <source>Foxtail</source>
   <translation>Foxtail</translation>
  </message>
  <message>
   <source>Franco</source>
   <translation>Franco</translation>
  </message>
  <message>
   <source>Free</source>
   <translation>Free</translation>
  </message>
  <message>
   <source>Free on this disk</source>
   <translation>Free on this disk</translation>
  </message>
  <message>
   <source>Free some space and try again; nothing that was saved before is lost.</source>
   <translation>Free some space and try again; nothing that was saved before is lost.</translation>
  </message>
  <message>
   <source>Free some space on that disk, then go on with the work.</source>
   <translation>Free some space on that disk, then go on with the work.</translation>
  </message>
  <message>
   <source>Free some space on the disk that holds the library.</source>
   <translation>Free some space on the disk that holds the library.</translation>
  </message>
  <message>
   <source>Free some space, or allow writing there, and save it again.</source>
   <translation>Free some space, or allow writing there, and save it again.</translation>
  </message>
  <message>
   <source>Free some space, or choose another folder with --basedir.</source>
   <translation>Free some space, or choose another folder with --basedir.</translation>
  </message>
  <message>
   <source>Free some space, then run `dmdx-desktop resume`.</source>
   <translation>Free some space, then run `dmdx-desktop resume`.</translation>
  </message>
  <message>
   <source>French wire</source>
   <translation>French wire</translation>
  </message>
  <message>
   <source>From the name of the file</source>
   <translation>From the name of the file</translation>
  </message>
  <message>
   <source>From your list</source>
   <translation>From your list</translation>
  </message>
  <message>
   <source>Front</source>
   <translation>Front</translation>
  </message>
  <message>
   <source>Full eternity</source>
   <translation>Full eternity</translation>
  </message>
  <message>
   <source>Full screen</source>
   <translation>Full screen</translation>
  </message>
  <message>
   <source>Full size</source>
   <translation>Full size</translation>
  </message>
  <message>
   <source>Full size PNG</source>
   <translation>Full size PNG</translation>
  </message>
  <message>
   <source>Full size TIFF, sRGB</source>
   <translation>Full size TIFF, sRGB</translation>
  </message>
  <message>
   <source>Full size {format}</source>
   <translation>Full size {format}</translation>
  </message>
  <message>
   <source>Fusion</source>
   <translation>Fusion</translation>
  </message>
  <message>
   <source>GPT Image 2</source>
   <translation>GPT Image 2</translation>
  </message>
  <message>
   <source>Gallery</source>
   <translation>Gallery</translation>
  </message>
  <message>
   <source>Gallery and Review</source>
   <translation>Gallery and Review</translation>
  </message>
  <message>
   <source>Gallery and pieces</source>
   <translation>Gallery and pieces</translation>
  </message>
  <message>
   <source>Garnet</source>
   <translation>Garnet</translation>
  </message>
  <message>
   <source>General</source>
   <translation>General</translation>
  </message>
  <message>
   <source>Generate it again from another one.</source>
   <translation>Generate it again from another one.</translation>
  </message>
  <message>
   <source>Geometric</source>
   <translation>Geometric</translation>
  </message>
  <message>
   <source>Georgian</source>
   <translation>Georgian</translation>
  </message>
  <message>
   <source>Gift</source>
   <translation>Gift</translation>
  </message>
  <message>
   <source>Give a passphrase to lock them with, or use them until the program ends.</source>
   <translation>Give a passphrase to lock them with, or use them until the program ends.</translation>
  </message>
  <message>
   <source>Give an address that begins with https://.</source>
   <translation>Give an address that begins with https://.</translation>
  </message>
  <message>
   <source>Give another key in Settings, Connections, or choose another engine.</source>
   <translation>Give another key in Settings, Connections, or choose another engine.</translation>
  </message>
  <message>
   <source>Give another key in Settings, Connections.</source>
   <translation>Give another key in Settings, Connections.</translation>
  </message>
  <message>
   <source>Give each on a line of its own on standard input, as NAME=VALUE.</source>
   <translation>Give each on a line of its own on standard input, as NAME=VALUE.</translation>
  </message>
  <message>
   <source>Give it as https://host/path, without a user name, a question mark or a #.</source>
   <translation>Give it as https://host/path, without a user name, a question mark or a #.</translation>
  </message>
  <message>
   <source>Give one in Settings, Connections, or unlock the vault.</source>
   <translation>Give one in Settings, Connections, or unlock the vault.</translation>
  </message>
  <message>
   <source>Give others in Settings, Connections; they need to read and write objects of this bucket.</source>
   <translation>Give others in Settings, Connections; they need to read and write objects of this bucket.</translation>
  </message>
  <message>
   <source>Give yourself the right to read it, or copy it somewhere else and add the copy.</source>
   <translation>Give yourself the right to read it, or copy it somewhere else and add the copy.</translation>
  </message>
  <message>
   <source>Give yourself the right to write there, or choose another folder with --basedir.</source>
   <translation>Give yourself the right to write there, or choose another folder with --basedir.</translation>
  </message>
  <message>
   <source>Give yourself the right to write there, then try again.</source>
   <translation>Give yourself the right to write there, then try again.</translation>
  </message>
  <message>
   <source>Glued</source>
   <translation>Glued</translation>
  </message>
  <message>
   <source>Go beyond it this month</source>
   <translation>Go beyond it this month</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Go on</translation>
  </message>
  <message>
   <source>Go on copying</source>
   <translation>Go on copying</translation>
  </message>
  <message>
   <source>Go to Studio</source>
   <translation>Go to Studio</translation>
  </message>
  <message>
   <source>Gold-filled</source>
   <translation>Gold-filled</translation>
  </message>
  <message>
   <source>Gold-plated</source>
   <translation>Gold-plated</translation>
  </message>
  <message>
   <source>Gone at {time}: {what}. No copy is left in this library.</source>
   <translation>Gone at {time}: {what}. No copy is left in this library.</translation>
  </message>
  <message>
   <source>Good to know</source>
   <translation>Good to know</translation>
  </message>
  <message>
   <source>Google Merchant</source>
   <translation>Google Merchant</translation>
  </message>
  <message>
   <source>Google Merchant Center, as quoted in 2026: 500 px from 31 January 2027, 1500 px recommended, 16 MB, piece fills 75 to 90 %. Not confirmed live</source>
   <translation>Google Merchant Center, as quoted in 2026: 500 px from 31 January 2027, 1500 px recommended, 16 MB, piece fills 75 to 90 %. Not confirmed live</translation>
  </message>
  <message>
   <source>Google asks that images made by a model say so in their metadata; ours say how they were made, always.</source>
   <translation>Google asks that images made by a model say so in their metadata; ours say how they were made, always.</translation>
  </message>
  <message>
   <source>Gothic</source>
   <translation>Gothic</translation>
  </message>
  <message>
   <source>Gradient</source>
   <translation>Gradient</translation>
  </message>
  <message>
   <source>Graduation</source>
   <translation>Graduation</translation>
  </message>
  <message>
   <source>Granulated</source>
   <translation>Granulated</translation>
  </message>
  <message>
   <source>Green</source>
   <translation>Green</translation>
  </message>
  <message>
   <source>Green gold</source>
   <translation>Green gold</translation>
  </message>
  <message>
   <source>Grey</source>
   <translation>Grey</translation>
  </message>
  <message>
   <source>Grey CAD viewport</source>
   <translation>Grey CAD viewport</translation>
  </message>
  <message>
   <source>Grid</source>
   <translation>Grid</translation>
  </message>
  <message>
   <source>Ground</source>
   <translation>Ground</translation>
  </message>
  <message>
   <source>Group</source>
   <translation>Group</translation>
  </message>
  <message>
   <source>Group by</source>
   <translation>Group by</translation>
  </message>
  <message>
   <source>Guilloché enamel</source>
   <translation>Guilloché enamel</translation>
  </message>
  <message>
   <source>HEIC not installed</source>
   <translation>HEIC not installed</translation>
  </message>
  <message>
   <source>HEIC pictures cannot be opened on this computer.</source>
   <translation>HEIC pictures cannot be opened on this computer.</translation>
  </message>
  <message>
   <source>HSV colours</source>
   <translation>HSV colours</translation>
  </message>
  <message>
   <source>Hair jewellery</source>
   <translation>Hair jewellery</translation>
  </message>
  <message>
   <source>Half eternity</source>
   <translation>Half eternity</translation>
  </message>
  <message>
   <source>Half-moon</source>
   <translation>Half-moon</translation>
  </message>
  <message>
   <source>Halo</source>
   <translation>Halo</translation>
  </message>
  <message>
   <source>Hammered</source>
   <translation>Hammered</translation>
  </message>
  <message>
   <source>Hand</source>
   <translation>Hand</translation>
  </message>
  <message>
   <source>Hand harness (haathphool)</source>
   <translation>Hand harness (haathphool)</translation>
  </message>
  <message>
   <source>Have the system set date and time by itself.</source>
   <translation>Have the system set date and time by itself.</translation>
  </message>
  <message>
   <source>Head</source>
   <translation>Head</translation>
  </message>
  <message>
   <source>Headband</source>
   <translation>Headband</translation>
  </message>
  <message>
   <source>Heart</source>
   <translation>Heart</translation>
  </message>
  <message>
   <source>Heated</source>
   <translation>Heated</translation>
  </message>
  <message>
   <source>Heliodor</source>
   <translation>Heliodor</translation>
  </message>
  <message>
   <source>Hematite</source>
   <translation>Hematite</translation>
  </message>
  <message>
   <source>Herringbone</source>
   <translation>Herringbone</translation>
  </message>
  <message>
   <source>Hexagon</source>
   <translation>Hexagon</translation>
  </message>
  <message>
   <source>High polish</source>
   <translation>High polish</translation>
  </message>
  <message>
   <source>Hinged</source>
   <translation>Hinged</translation>
  </message>
  <message>
   <source>Hoop</source>
   <translation>Hoop</translation>
  </message>
  <message>
   <source>House rule: 300 dpi at A4 needs 2480 x 3508 px</source>
   <translation>House rule: 300 dpi at A4 needs 2480 x 3508 px</translation>
  </message>
  <message>
   <source>House rule: PNG with its transparency</source>
   <translation>House rule: PNG with its transparency</translation>
  </message>
  <message>
   <source>House rule: WebP of quality 82 for pages of the shop's own</source>
   <translation>House rule: WebP of quality 82 for pages of the shop's own</translation>
  </message>
  <message>
   <source>House rule: title, scene, metal and number below each image</source>
   <translation>House rule: title, scene, metal and number below each image</translation>
  </message>
  <message>
   <source>How it was made</source>
   <translation>How it was made</translation>
  </message>
  <message>
   <source>How it was made is always said</source>
   <translation>How it was made is always said</translation>
  </message>
  <message>
   <source>How many</source>
   <translation>How many</translation>
  </message>
  <message>
   <source>How much of the frame the piece fills</source>
   <translation>How much of the frame the piece fills</translation>
  </message>
  <message>
   <source>How the window behaves. Its place and the sizes of its parts are remembered.</source>
   <translation>How the window behaves. Its place and the sizes of its parts are remembered.</translation>
  </message>
  <message>
   <source>Huggie</source>
   <translation>Huggie</translation>
  </message>
  <message>
   <source>Identification</source>
   <translation>Identification</translation>
  </message>
  <message>
   <source>Identifies pieces and makes drafts, with no account and no network</source>
   <translation>Identifies pieces and makes drafts, with no account and no network</translation>
  </message>
  <message>
   <source>Identify again</source>
   <translation>Identify again</translation>
  </message>
  <message>
   <source>Identifying</source>
   <translation>Identifying</translation>
  </message>
  <message>
   <source>Identifying {done} of {total}</source>
   <translation>Identifying {done} of {total}</translation>
  </message>
  <message>
   <source>Identifying, usually a second. You can change everything meanwhile.</source>
   <translation>Identifying, usually a second. You can change everything meanwhile.</translation>
  </message>
  <message>
   <source>Illusion</source>
   <translation>Illusion</translation>
  </message>
  <message>
   <source>Image</source>
   <translation>Image</translation>
  </message>
  <message>
   <source>Image {letter}</source>
   <translation>Image {letter}</translation>
  </message>
  <message>
   <source>Images</source>
   <translation>Images</translation>
  </message>
  <message>
   <source>Images of each</source>
   <translation>Images of each</translation>
  </message>
  <message>
   <source>Images of this review</source>
   <translation>Images of this review</translation>
  </message>
  <message>
   <source>Images stay with their pieces as well.</source>
   <translation>Images stay with their pieces as well.</translation>
  </message>
  <message>
   <source>Images that are being made are listed here.</source>
   <translation>Images that are being made are listed here.</translation>
  </message>
  <message>
   <source>Images under way</source>
   <translation>Images under way</translation>
  </message>
  <message>
   <source>Import another picture of the piece.</source>
   <translation>Import another picture of the piece.</translation>
  </message>
  <message>
   <source>Import it again.</source>
   <translation>Import it again.</translation>
  </message>
  <message>
   <source>Import the picture again.</source>
   <translation>Import the picture again.</translation>
  </message>
  <message>
   <source>Import the piece again.</source>
   <translation>Import the piece again.</translation>
  </message>
  <message>
   <source>In</source>
   <translation>In</translation>
  </message>
  <message>
   <source>In progress</source>
   <translation>In progress</translation>
  </message>
  <message>
   <source>In the vault of this computer</source>
   <translation>In the vault of this computer</translation>
  </message>
  <message>
   <source>Industrial</source>
   <translation>Industrial</translation>
  </message>
  <message>
   <source>Infinity</source>
   <translation>Infinity</translation>
  </message>
  <message>
   <source>Initial</source>
   <translation>Initial</translation>
  </message>
  <message>
   <source>Install that version, or choose another folder with --basedir.</source>
   <translation>Install that version, or choose another folder with --basedir.</translation>
  </message>
  <message>
   <source>Install the program anew, then try again.</source>
   <translation>Install the program anew, then try again.</translation>
  </message>
  <message>
   <source>Install the program anew, with the Python and the libraries it names.</source>
   <translation>Install the program anew, with the Python and the libraries it names.</translation>
  </message>
  <message>
   <source>Install the program anew.</source>
   <translation>Install the program anew.</translation>
  </message>
  <message>
   <source>Install the program anew; if it fails again, send us this list.</source>
   <translation>Install the program anew; if it fails again, send us this list.</translation>
  </message>
  <message>
   <source>Inter</source>
   <translation>Inter</translation>
  </message>
  <message>
   <source>Inter Cyrillic</source>
   <translation>Inter Cyrillic</translation>
  </message>
  <message>
   <source>Inter Greek</source>
   <translation>Inter Greek</translation>
  </message>
  <message>
   <source>Inter Latin Extended</source>
   <translation>Inter Latin Extended</translation>
  </message>
  <message>
   <source>Invisible</source>
   <translation>Invisible</translation>
  </message>
  <message>
   <source>Irradiated</source>
   <translation>Irradiated</translation>
  </message>
  <message>
   <source>It answered that the request was wrong.</source>
   <translation>It answered that the request was wrong.</translation>
  </message>
  <message>
   <source>It cannot be made.</source>
   <translation>It cannot be made.</translation>
  </message>
  <message>
   <source>It cannot be read</source>
   <translation>It cannot be read</translation>
  </message>
  <message>
   <source>It cannot be told from the piece it wears, and a draft would show it too.</source>
   <translation>It cannot be told from the piece it wears, and a draft would show it too.</translation>
  </message>
  <message>
   <source>It comes with temporary credentials alone.</source>
   <translation>It comes with temporary credentials alone.</translation>
  </message>
  <message>
   <source>It could not be made.</source>
   <translation>It could not be made.</translation>
  </message>
  <message>
   <source>It did not answer as it should.</source>
   <translation>It did not answer as it should.</translation>
  </message>
  <message>
   <source>It did not say how to go on.</source>
   <translation>It did not say how to go on.</translation>
  </message>
  <message>
   <source>It does not answer.</source>
   <translation>It does not answer.</translation>
  </message>
  <message>
   <source>It does not make pictures from references, or needs settings that are not offered here.</source>
   <translation>It does not make pictures from references, or needs settings that are not offered here.</translation>
  </message>
  <message>
   <source>It goes on by itself once the service can be reached.</source>
   <translation>It goes on by itself once the service can be reached.</translation>
  </message>
  <message>
   <source>It goes on by itself.</source>
   <translation>It goes on by itself.</translation>
  </message>
  <message>
   <source>It has a brace without its partner.</source>
   <translation>It has a brace without its partner.</translation>
  </message>
  <message>
   <source>It has a placeholder that does not exist.</source>
   <translation>It has a placeholder that does not exist.</translation>
  </message>
  <message>
   <source>It has another length than what was sent.</source>
   <translation>It has another length than what was sent.</translation>
  </message>
  <message>
   <source>It has no key, or the vault with the keys is locked.</source>
   <translation>It has no key, or the vault with the keys is locked.</translation>
  </message>
  <message>
   <source>It has no verb.</source>
   <translation>It has no verb.</translation>
  </message>
  <message>
   <source>It has spaces, line breaks or letters that keys do not have: more than the key may have been copied.</source>
   <translation>It has spaces, line breaks or letters that keys do not have: more than the key may have been copied.</translation>
  </message>
  <message>
   <source>It holds no data, which often means that a copy or a download was cut off.</source>
   <translation>It holds no data, which often means that a copy or a download was cut off.</translation>
  </message>
  <message>
   <source>It holds no picture.</source>
   <translation>It holds no picture.</translation>
  </message>
  <message>
   <source>It is a device or a connection, which cannot hold a picture.</source>
   <translation>It is a device or a connection, which cannot hold a picture.</translation>
  </message>
  <message>
   <source>It is a device or a pipe, not an ordinary file.</source>
   <translation>It is a device or a pipe, not an ordinary file.</translation>
  </message>
  <message>
   <source>It is a folder.</source>
   <translation>It is a folder.</translation>
  </message>
  <message>
   <source>It is a link, or you may not read it.</source>
   <translation>It is a link, or you may not read it.</translation>
  </message>
  <message>
   <source>It is a link.</source>
   <translation>It is a link.</translation>
  </message>
  <message>
   <source>It is already being deleted.</source>
   <translation>It is already being deleted.</translation>
  </message>
  <message>
   <source>It is empty, or its name cannot be read as text.</source>
   <translation>It is empty, or its name cannot be read as text.</translation>
  </message>
  <message>
   <source>It is empty.</source>
   <translation>It is empty.</translation>
  </message>
  <message>
   <source>It is in the form and not saved yet.</source>
   <translation>It is in the form and not saved yet.</translation>
  </message>
  <message>
   <source>It is larger than 64 MB.</source>
   <translation>It is larger than 64 MB.</translation>
  </message>
  <message>
   <source>It is mistyped, switched off or expired.</source>
   <translation>It is mistyped, switched off or expired.</translation>
  </message>
  <message>
   <source>It is mistyped, switched off or was never activated.</source>
   <translation>It is mistyped, switched off or was never activated.</translation>
  </message>
  <message>
   <source>It is no longer there.</source>
   <translation>It is no longer there.</translation>
  </message>
  <message>
   <source>It is no longer where it was.</source>
   <translation>It is no longer where it was.</translation>
  </message>
  <message>
   <source>It is not an ordinary file.</source>
   <translation>It is not an ordinary file.</translation>
  </message>
  <message>
   <source>It is not clear what to export.</source>
   <translation>It is not clear what to export.</translation>
  </message>
  <message>
   <source>It is not here any more: it was deleted.</source>
   <translation>It is not here any more: it was deleted.</translation>
  </message>
  <message>
   <source>It is not the address of a server, or has parts that an address of a service does not have.</source>
   <translation>It is not the address of a server, or has parts that an address of a service does not have.</translation>
  </message>
  <message>
   <source>It is not what was sent.</source>
   <translation>It is not what was sent.</translation>
  </message>
  <message>
   <source>It is sent again by itself.</source>
   <translation>It is sent again by itself.</translation>
  </message>
  <message>
   <source>It is sent anew by itself.</source>
   <translation>It is sent anew by itself.</translation>
  </message>
  <message>
   <source>It is set for the key, its workspace or its account.</source>
   <translation>It is set for the key, its workspace or its account.</translation>
  </message>
  <message>
   <source>It is the very piece of the reference, of the same kind.</source>
   <translation>It is the very piece of the reference, of the same kind.</translation>
  </message>
  <message>
   <source>It is tried again by itself.</source>
   <translation>It is tried again by itself.</translation>
  </message>
  <message>
   <source>It is tried again by itself; look at the bucket's locks.</source>
   <translation>It is tried again by itself; look at the bucket's locks.</translation>
  </message>
  <message>
   <source>It keeps finished pictures for seven days.</source>
   <translation>It keeps finished pictures for seven days.</translation>
  </message>
  <message>
   <source>It may have been moved, renamed or deleted.</source>
   <translation>It may have been moved, renamed or deleted.</translation>
  </message>
  <message>
   <source>It replaces the recipe of this name.</source>
   <translation>It replaces the recipe of this name.</translation>
  </message>
  <message>
   <source>It takes other settings than it said. Nothing was charged.</source>
   <translation>It takes other settings than it said. Nothing was charged.</translation>
  </message>
  <message>
   <source>It took it for no picture, or did not understand the question.</source>
   <translation>It took it for no picture, or did not understand the question.</translation>
  </message>
  <message>
   <source>It took too long.</source>
   <translation>It took too long.</translation>
  </message>
  <message>
   <source>It was asked as often as is allowed, and its history shows nothing of it. Nothing was charged.</source>
   <translation>It was asked as often as is allowed, and its history shows nothing of it. Nothing was charged.</translation>
  </message>
  <message>
   <source>It was asked twice; the reading of this computer stands.</source>
   <translation>It was asked twice; the reading of this computer stands.</translation>
  </message>
  <message>
   <source>It was charged.</source>
   <translation>It was charged.</translation>
  </message>
  <message>
   <source>It was deleted meanwhile.</source>
   <translation>It was deleted meanwhile.</translation>
  </message>
  <message>
   <source>It was deleted, or it is damaged.</source>
   <translation>It was deleted, or it is damaged.</translation>
  </message>
  <message>
   <source>It was deleted, or its id was mistyped.</source>
   <translation>It was deleted, or its id was mistyped.</translation>
  </message>
  <message>
   <source>It was made by a newer version of DMDX Studio.</source>
   <translation>It was made by a newer version of DMDX Studio.</translation>
  </message>
  <message>
   <source>It was made by an older version of DMDX Studio and has not been upgraded yet.</source>
   <translation>It was made by an older version of DMDX Studio and has not been upgraded yet.</translation>
  </message>
  <message>
   <source>It was moved or deleted.</source>
   <translation>It was moved or deleted.</translation>
  </message>
  <message>
   <source>It was not read.</source>
   <translation>It was not read.</translation>
  </message>
  <message>
   <source>It was probably made on another system.</source>
   <translation>It was probably made on another system.</translation>
  </message>
  <message>
   <source>It was written to the log, and your work is saved.</source>
   <translation>It was written to the log, and your work is saved.</translation>
  </message>
  <message>
   <source>It would replace the picture it is made from.</source>
   <translation>It would replace the picture it is made from.</translation>
  </message>
  <message>
   <source>It, or the model behind it, did not answer.</source>
   <translation>It, or the model behind it, did not answer.</translation>
  </message>
  <message>
   <source>Items</source>
   <translation>Items</translation>
  </message>
  <message>
   <source>Its code was used before, or is older than ten minutes.</source>
   <translation>Its code was used before, or is older than ten minutes.</translation>
  </message>
  <message>
   <source>Its content is not a picture format we know, whatever its name says.</source>
   <translation>Its content is not a picture format we know, whatever its name says.</translation>
  </message>
  <message>
   <source>Its database is damaged.</source>
   <translation>Its database is damaged.</translation>
  </message>
  <message>
   <source>Its database is gone or empty, and its pictures are still there.</source>
   <translation>Its database is gone or empty, and its pictures are still there.</translation>
  </message>
  <message>
   <source>Its database is missing or may not be read.</source>
   <translation>Its database is missing or may not be read.</translation>
  </message>
  <message>
   <source>Its file could not be written to the library's folder.</source>
   <translation>Its file could not be written to the library's folder.</translation>
  </message>
  <message>
   <source>Its file in the library is damaged.</source>
   <translation>Its file in the library is damaged.</translation>
  </message>
  <message>
   <source>Its file is not in the library any more.</source>
   <translation>Its file is not in the library any more.</translation>
  </message>
  <message>
   <source>Its folder is read-only or belongs to somebody else.</source>
   <translation>Its folder is read-only or belongs to somebody else.</translation>
  </message>
  <message>
   <source>Its folder or its database may not be written to.</source>
   <translation>Its folder or its database may not be written to.</translation>
  </message>
  <message>
   <source>Its name or the account in the endpoint is wrong.</source>
   <translation>Its name or the account in the endpoint is wrong.</translation>
  </message>
  <message>
   <source>Its own limit at OpenRouter is reached.</source>
   <translation>Its own limit at OpenRouter is reached.</translation>
  </message>
  <message>
   <source>Its own shape</source>
   <translation>Its own shape</translation>
  </message>
  <message>
   <source>Its request left, no answer came, and the service's history does not tell it from others any more.</source>
   <translation>Its request left, no answer came, and the service's history does not tell it from others any more.</translation>
  </message>
  <message>
   <source>Its window does not answer.</source>
   <translation>Its window does not answer.</translation>
  </message>
  <message>
   <source>JPEG</source>
   <translation>JPEG</translation>
  </message>
  <message>
   <source>JPEG, PNG, WebP, TIFF, BMP, GIF or HEIC</source>
   <translation>JPEG, PNG, WebP, TIFF, BMP, GIF or HEIC</translation>
  </message>
  <message>
   <source>Jacket</source>
   <translation>Jacket</translation>
  </message>
  <message>
   <source>Jadau</source>
   <translation>Jadau</translation>
  </message>
  <message>
   <source>Jade</source>
   <translation>Jade</translation>
  </message>
  <message>
   <source>Jasper</source>
   <translation>Jasper</translation>
  </message>
  <message>
   <source>Jet</source>
   <translation>Jet</translation>
  </message>
  <message>
   <source>Jhumka</source>
   <translation>Jhumka</translation>
  </message>
  <message>
   <source>Kada</source>
   <translation>Kada</translation>
  </message>
  <message>
   <source>Keep editing</source>
   <translation>Keep editing</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Keep it</translation>
  </message>
  <message>
   <source>Keep rendering</source>
   <translation>Keep rendering</translation>
  </message>
  <message>
   <source>Keep rendering in the background?</source>
   <translation>Keep rendering in the background?</translation>
  </message>
  <message>
   <source>Keep the cut and outline of each stone as in the reference.</source>
   <translation>Keep the cut and outline of each stone as in the reference.</translation>
  </message>
  <message>
   <source>Keep the outline and every proportion of the reference exactly; leave nothing out.</source>
   <translation>Keep the outline and every proportion of the reference exactly; leave nothing out.</translation>
  </message>
  <message>
   <source>Keep the piece of the reference exactly as it is shown, with every outline, proportion, stone and claw in its place.</source>
   <translation>Keep the piece of the reference exactly as it is shown, with every outline, proportion, stone and claw in its place.</translation>
  </message>
  <message>
   <source>Keep them</source>
   <translation>Keep them</translation>
  </message>
  <message>
   <source>Kept for 30 days, without names or prompts</source>
   <translation>Kept for 30 days, without names or prompts</translation>
  </message>
  <message>
   <source>Kept or stopped, nothing is lost: what is not done waits in the library and goes on with the next start.</source>
   <translation>Kept or stopped, nothing is lost: what is not done waits in the library and goes on with the next start.</translation>
  </message>
  <message>
   <source>Key from the environment</source>
   <translation>Key from the environment</translation>
  </message>
  <message>
   <source>Key kept in the vault of this computer, encrypted. It is never shown again.</source>
   <translation>Key kept in the vault of this computer, encrypted. It is never shown again.</translation>
  </message>
  <message>
   <source>Key kept until the program ends. It is written nowhere.</source>
   <translation>Key kept until the program ends. It is written nowhere.</translation>
  </message>
  <message>
   <source>Key of OpenRouter</source>
   <translation>Key of OpenRouter</translation>
  </message>
  <message>
   <source>Key of WaveSpeed</source>
   <translation>Key of WaveSpeed</translation>
  </message>
  <message>
   <source>Keys are encrypted on this computer and sent to their own service alone, never to us. Without a connection nothing leaves this computer.</source>
   <translation>Keys are encrypted on this computer and sent to their own service alone, never to us. Without a connection nothing leaves this computer.</translation>
  </message>
  <message>
   <source>Keys are sent over https alone, but for servers on this computer itself.</source>
   <translation>Keys are sent over https alone, but for servers on this computer itself.</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Kind</translation>
  </message>
  <message>
   <source>Kind of picture</source>
   <translation>Kind of picture</translation>
  </message>
  <message>
   <source>Kite</source>
   <translation>Kite</translation>
  </message>
  <message>
   <source>Knife-edge</source>
   <translation>Knife-edge</translation>
  </message>
  <message>
   <source>Kundan</source>
   <translation>Kundan</translation>
  </message>
  <message>
   <source>Kundan glass</source>
   <translation>Kundan glass</translation>
  </message>
  <message>
   <source>Kundan-meena</source>
   <translation>Kundan-meena</translation>
  </message>
  <message>
   <source>La Pousette</source>
   <translation>La Pousette</translation>
  </message>
  <message>
   <source>Lab colours</source>
   <translation>Lab colours</translation>
  </message>
  <message>
   <source>Laboratory-grown</source>
   <translation>Laboratory-grown</translation>
  </message>
  <message>
   <source>Labradorite</source>
   <translation>Labradorite</translation>
  </message>
  <message>
   <source>Landscape 3:2</source>
   <translation>Landscape 3:2</translation>
  </message>
  <message>
   <source>Lapel</source>
   <translation>Lapel</translation>
  </message>
  <message>
   <source>Lapel pin</source>
   <translation>Lapel pin</translation>
  </message>
  <message>
   <source>Lapis lazuli</source>
   <translation>Lapis lazuli</translation>
  </message>
  <message>
   <source>Lariat</source>
   <translation>Lariat</translation>
  </message>
  <message>
   <source>Last 30 days</source>
   <translation>Last 30 days</translation>
  </message>
  <message>
   <source>Last 7 days</source>
   <translation>Last 7 days</translation>
  </message>
  <message>
   <source>Layered</source>
   <translation>Layered</translation>
  </message>
  <message>
   <source>Leather</source>
   <translation>Leather</translation>
  </message>
  <message>
   <source>Leave out the dimensions, arrows and labels of the drawing.</source>
   <translation>Leave out the dimensions, arrows and labels of the drawing.</translation>
  </message>
  <message>
   <source>Left out, for a draft cannot show it: {scenes}.</source>
   <translation>Left out, for a draft cannot show it: {scenes}.</translation>
  </message>
  <message>
   <source>Less about these stones</source>
   <translation>Less about these stones</translation>
  </message>
  <message>
   <source>Let it go</source>
   <translation>Let it go</translation>
  </message>
  <message>
   <source>Letter</source>
   <translation>Letter</translation>
  </message>
  <message>
   <source>Lever back</source>
   <translation>Lever back</translation>
  </message>
  <message>
   <source>Library</source>
   <translation>Library</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Licence</translation>
  </message>
  <message>
   <source>License</source>
   <translation>License</translation>
  </message>
  <message>
   <source>License-Expression</source>
   <translation>License-Expression</translation>
  </message>
  <message>
   <source>Lifestyle</source>
   <translation>Lifestyle</translation>
  </message>
  <message>
   <source>Lifted for this month</source>
   <translation>Lifted for this month</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Light</translation>
  </message>
  <message>
   <source>Light grey</source>
   <translation>Light grey</translation>
  </message>
  <message>
   <source>Limit left</source>
   <translation>Limit left</translation>
  </message>
  <message>
   <source>Link</source>
   <translation>Link</translation>
  </message>
  <message>
   <source>List jobs, newest first. With --search, only those whose title, file names or description hold the words.</source>
   <translation>List jobs, newest first. With --search, only those whose title, file names or description hold the words.</translation>
  </message>
  <message>
   <source>List outputs, newest first. Outputs of the engine `draft` are drafts, and are labelled so in their metadata.</source>
   <translation>List outputs, newest first. Outputs of the engine `draft` are drafts, and are labelled so in their metadata.</translation>
  </message>
  <message>
   <source>List what there is with `dmdx-desktop jobs` and `dmdx-desktop outputs`.</source>
   <translation>List what there is with `dmdx-desktop jobs` and `dmdx-desktop outputs`.</translation>
  </message>
  <message>
   <source>List what there is with `dmdx-desktop jobs`.</source>
   <translation>List what there is with `dmdx-desktop jobs`.</translation>
  </message>
  <message>
   <source>Lists, grid, filmstrip</source>
   <translation>Lists, grid, filmstrip</translation>
  </message>
  <message>
   <source>Lobster</source>
   <translation>Lobster</translation>
  </message>
  <message>
   <source>Local</source>
   <translation>Local</translation>
  </message>
  <message>
   <source>Lock with the passphrase</source>
   <translation>Lock with the passphrase</translation>
  </message>
  <message>
   <source>Locked</source>
   <translation>Locked</translation>
  </message>
  <message>
   <source>Locket</source>
   <translation>Locket</translation>
  </message>
  <message>
   <source>Logs</source>
   <translation>Logs</translation>
  </message>
  <message>
   <source>Long side</source>
   <translation>Long side</translation>
  </message>
  <message>
   <source>Look again: {what}.</source>
   <translation>Look again: {what}.</translation>
  </message>
  <message>
   <source>Look at the endpoint and the bucket in Settings, Connections.</source>
   <translation>Look at the endpoint and the bucket in Settings, Connections.</translation>
  </message>
  <message>
   <source>Look at your bill at wavespeed.ai, then decide in the queue whether it is sent again.</source>
   <translation>Look at your bill at wavespeed.ai, then decide in the queue whether it is sent again.</translation>
  </message>
  <message>
   <source>Looking at the images…</source>
   <translation>Looking at the images…</translation>
  </message>
  <message>
   <source>Loose stone</source>
   <translation>Loose stone</translation>
  </message>
  <message>
   <source>Loupe</source>
   <translation>Loupe</translation>
  </message>
  <message>
   <source>Loupe at 100 %</source>
   <translation>Loupe at 100 %</translation>
  </message>
  <message>
   <source>Loupe at 100 %, again to close</source>
   <translation>Loupe at 100 %, again to close</translation>
  </message>
  <message>
   <source>Loupe at 100 %: {name}</source>
   <translation>Loupe at 100 %: {name}</translation>
  </message>
  <message>
   <source>Lozenge</source>
   <translation>Lozenge</translation>
  </message>
  <message>
   <source>Lucide icons</source>
   <translation>Lucide icons</translation>
  </message>
  <message>
   <source>MB a second</source>
   <translation>MB a second</translation>
  </message>
  <message>
   <source>Maang tikka</source>
   <translation>Maang tikka</translation>
  </message>
  <message>
   <source>Made</source>
   <translation>Made</translation>
  </message>
  <message>
   <source>Made at once; nothing is sent</source>
   <translation>Made at once; nothing is sent</translation>
  </message>
  <message>
   <source>Made by AI</source>
   <translation>Made by AI</translation>
  </message>
  <message>
   <source>Made on this computer</source>
   <translation>Made on this computer</translation>
  </message>
  <message>
   <source>Made with</source>
   <translation>Made with</translation>
  </message>
  <message>
   <source>Magnetic</source>
   <translation>Magnetic</translation>
  </message>
  <message>
   <source>Make 1 draft</source>
   <translation>Make 1 draft</translation>
  </message>
  <message>
   <source>Make 1 image</source>
   <translation>Make 1 image</translation>
  </message>
  <message>
   <source>Make 1 · {price}</source>
   <translation>Make 1 · {price}</translation>
  </message>
  <message>
   <source>Make again</source>
   <translation>Make again</translation>
  </message>
  <message>
   <source>Make drafts</source>
   <translation>Make drafts</translation>
  </message>
  <message>
   <source>Make images</source>
   <translation>Make images</translation>
  </message>
  <message>
   <source>Make it anyway</source>
   <translation>Make it anyway</translation>
  </message>
  <message>
   <source>Make more</source>
   <translation>Make more</translation>
  </message>
  <message>
   <source>Make these pieces</source>
   <translation>Make these pieces</translation>
  </message>
  <message>
   <source>Make this a piece of its own</source>
   <translation>Make this a piece of its own</translation>
  </message>
  <message>
   <source>Make {count} drafts</source>
   <translation>Make {count} drafts</translation>
  </message>
  <message>
   <source>Make {count} images</source>
   <translation>Make {count} images</translation>
  </message>
  <message>
   <source>Make {count} · {price}</source>
   <translation>Make {count} · {price}</translation>
  </message>
  <message>
   <source>Makes photographs of your pieces. WaveSpeed bills you directly; drafts stay free.</source>
   <translation>Makes photographs of your pieces. WaveSpeed bills you directly; drafts stay free.</translation>
  </message>
  <message>
   <source>Making {done} of {total}</source>
   <translation>Making {done} of {total}</translation>
  </message>
  <message>
   <source>Malachite</source>
   <translation>Malachite</translation>
  </message>
  <message>
   <source>Mangalsutra</source>
   <translation>Mangalsutra</translation>
  </message>
  <message>
   <source>Marble</source>
   <translation>Marble</translation>
  </message>
  <message>
   <source>Marine anchor</source>
   <translation>Marine anchor</translation>
  </message>
  <message>
   <source>Marquise</source>
   <translation>Marquise</translation>
  </message>
  <message>
   <source>Matinee</source>
   <translation>Matinee</translation>
  </message>
  <message>
   <source>Matte</source>
   <translation>Matte</translation>
  </message>
  <message>
   <source>Measured in the picture</source>
   <translation>Measured in the picture</translation>
  </message>
  <message>
   <source>Medallion</source>
   <translation>Medallion</translation>
  </message>
  <message>
   <source>Memorial</source>
   <translation>Memorial</translation>
  </message>
  <message>
   <source>Men's</source>
   <translation>Men's</translation>
  </message>
  <message>
   <source>Men's accessory</source>
   <translation>Men's accessory</translation>
  </message>
  <message>
   <source>Men's band</source>
   <translation>Men's band</translation>
  </message>
  <message>
   <source>Mend the file as docs/channels.md explains, or install the program anew.</source>
   <translation>Mend the file as docs/channels.md explains, or install the program anew.</translation>
  </message>
  <message>
   <source>Mend the file as docs/scenes.md explains, or install the program anew.</source>
   <translation>Mend the file as docs/scenes.md explains, or install the program anew.</translation>
  </message>
  <message>
   <source>Mended</source>
   <translation>Mended</translation>
  </message>
  <message>
   <source>Mesh</source>
   <translation>Mesh</translation>
  </message>
  <message>
   <source>Metadata</source>
   <translation>Metadata</translation>
  </message>
  <message>
   <source>Metal</source>
   <translation>Metal</translation>
  </message>
  <message>
   <source>Metal colour</source>
   <translation>Metal colour</translation>
  </message>
  <message>
   <source>Metals</source>
   <translation>Metals</translation>
  </message>
  <message>
   <source>Micro-pavé</source>
   <translation>Micro-pavé</translation>
  </message>
  <message>
   <source>Mid-century</source>
   <translation>Mid-century</translation>
  </message>
  <message>
   <source>Midi</source>
   <translation>Midi</translation>
  </message>
  <message>
   <source>Milgrain edge</source>
   <translation>Milgrain edge</translation>
  </message>
  <message>
   <source>Minimalist</source>
   <translation>Minimalist</translation>
  </message>
  <message>
   <source>Mixed</source>
   <translation>Mixed</translation>
  </message>
  <message>
   <source>Mixed, some have none</source>
   <translation>Mixed, some have none</translation>
  </message>
  <message>
   <source>Mixed, {count} kinds</source>
   <translation>Mixed, {count} kinds</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Model</translation>
  </message>
  <message>
   <source>Model that reads pictures</source>
   <translation>Model that reads pictures</translation>
  </message>
  <message>
   <source>Models</source>
   <translation>Models</translation>
  </message>
  <message>
   <source>Models of WaveSpeed that make a picture from your references. Prices are where they begin.</source>
   <translation>Models of WaveSpeed that make a picture from your references. Prices are where they begin.</translation>
  </message>
  <message>
   <source>Models that stand in for it</source>
   <translation>Models that stand in for it</translation>
  </message>
  <message>
   <source>Modern</source>
   <translation>Modern</translation>
  </message>
  <message>
   <source>Modified brilliant</source>
   <translation>Modified brilliant</translation>
  </message>
  <message>
   <source>Moissanite</source>
   <translation>Moissanite</translation>
  </message>
  <message>
   <source>Money</source>
   <translation>Money</translation>
  </message>
  <message>
   <source>Money clip</source>
   <translation>Money clip</translation>
  </message>
  <message>
   <source>Moonstone</source>
   <translation>Moonstone</translation>
  </message>
  <message>
   <source>More about these stones</source>
   <translation>More about these stones</translation>
  </message>
  <message>
   <source>More for {image}</source>
   <translation>More for {image}</translation>
  </message>
  <message>
   <source>Morganite</source>
   <translation>Morganite</translation>
  </message>
  <message>
   <source>Most in one hour</source>
   <translation>Most in one hour</translation>
  </message>
  <message>
   <source>Most in one hour in USD</source>
   <translation>Most in one hour in USD</translation>
  </message>
  <message>
   <source>Most megabytes a second for copies</source>
   <translation>Most megabytes a second for copies</translation>
  </message>
  <message>
   <source>Mother-of-pearl</source>
   <translation>Mother-of-pearl</translation>
  </message>
  <message>
   <source>Move it to another folder.</source>
   <translation>Move it to another folder.</translation>
  </message>
  <message>
   <source>Move the divider 5 % ahead</source>
   <translation>Move the divider 5 % ahead</translation>
  </message>
  <message>
   <source>Move the divider 5 % back</source>
   <translation>Move the divider 5 % back</translation>
  </message>
  <message>
   <source>Multicolour</source>
   <translation>Multicolour</translation>
  </message>
  <message>
   <source>Mêlée</source>
   <translation>Mêlée</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name a file with --to, such as mask.png.</source>
   <translation>Name a file with --to, such as mask.png.</translation>
  </message>
  <message>
   <source>Name of the bucket</source>
   <translation>Name of the bucket</translation>
  </message>
  <message>
   <source>Name of the collection</source>
   <translation>Name of the collection</translation>
  </message>
  <message>
   <source>Name of the creator</source>
   <translation>Name of the creator</translation>
  </message>
  <message>
   <source>Name of the piece</source>
   <translation>Name of the piece</translation>
  </message>
  <message>
   <source>Name of the preset</source>
   <translation>Name of the preset</translation>
  </message>
  <message>
   <source>Name of the recipe</source>
   <translation>Name of the recipe</translation>
  </message>
  <message>
   <source>Name outputs or jobs, or all of them with --all.</source>
   <translation>Name outputs or jobs, or all of them with --all.</translation>
  </message>
  <message>
   <source>Names are told apart without case.</source>
   <translation>Names are told apart without case.</translation>
  </message>
  <message>
   <source>Names of the files</source>
   <translation>Names of the files</translation>
  </message>
  <message>
   <source>Nano Banana 2</source>
   <translation>Nano Banana 2</translation>
  </message>
  <message>
   <source>Nano Banana Pro</source>
   <translation>Nano Banana Pro</translation>
  </message>
  <message>
   <source>Natural</source>
   <translation>Natural</translation>
  </message>
  <message>
   <source>Nature, floral</source>
   <translation>Nature, floral</translation>
  </message>
  <message>
   <source>Navel</source>
   <translation>Navel</translation>
  </message>
  <message>
   <source>Navratna set</source>
   <translation>Navratna set</translation>
  </message>
  <message>
   <source>Nearly as true, half the price</source>
   <translation>Nearly as true, half the price</translation>
  </message>
  <message>
   <source>Nearly used up</source>
   <translation>Nearly used up</translation>
  </message>
  <message>
   <source>Neck</source>
   <translation>Neck</translation>
  </message>
  <message>
   <source>Necklace</source>
   <translation>Necklace</translation>
  </message>
  <message>
   <source>Necklace and earrings</source>
   <translation>Necklace and earrings</translation>
  </message>
  <message>
   <source>Need you {count}</source>
   <translation>Need you {count}</translation>
  </message>
  <message>
   <source>Needs a paid engine</source>
   <translation>Needs a paid engine</translation>
  </message>
  <message>
   <source>Neither picked nor rejected</source>
   <translation>Neither picked nor rejected</translation>
  </message>
  <message>
   <source>Never</source>
   <translation>Never</translation>
  </message>
  <message>
   <source>Never enlarge</source>
   <translation>Never enlarge</translation>
  </message>
  <message>
   <source>Never written: {what}.</source>
   <translation>Never written: {what}.</translation>
  </message>
  <message>
   <source>New collection</source>
   <translation>New collection</translation>
  </message>
  <message>
   <source>New collection…</source>
   <translation>New collection…</translation>
  </message>
  <message>
   <source>Newest</source>
   <translation>Newest</translation>
  </message>
  <message>
   <source>Next</source>
   <translation>Next</translation>
  </message>
  <message>
   <source>Next pane</source>
   <translation>Next pane</translation>
  </message>
  <message>
   <source>Next reference</source>
   <translation>Next reference</translation>
  </message>
  <message>
   <source>Next surround</source>
   <translation>Next surround</translation>
  </message>
  <message>
   <source>No browser could be opened. Copy the address and open it in one on this computer.</source>
   <translation>No browser could be opened. Copy the address and open it in one on this computer.</translation>
  </message>
  <message>
   <source>No budget</source>
   <translation>No budget</translation>
  </message>
  <message>
   <source>No budget set</source>
   <translation>No budget set</translation>
  </message>
  <message>
   <source>No image matches</source>
   <translation>No image matches</translation>
  </message>
  <message>
   <source>No image passes every filter that is on.</source>
   <translation>No image passes every filter that is on.</translation>
  </message>
  <message>
   <source>No images yet</source>
   <translation>No images yet</translation>
  </message>
  <message>
   <source>No jobs.</source>
   <translation>No jobs.</translation>
  </message>
  <message>
   <source>No key</source>
   <translation>No key</translation>
  </message>
  <message>
   <source>No limit</source>
   <translation>No limit</translation>
  </message>
  <message>
   <source>No longer offered</source>
   <translation>No longer offered</translation>
  </message>
  <message>
   <source>No outputs.</source>
   <translation>No outputs.</translation>
  </message>
  <message>
   <source>No picture can be opened on this computer at the moment.</source>
   <translation>No picture can be opened on this computer at the moment.</translation>
  </message>
  <message>
   <source>No piece stands out from the background.</source>
   <translation>No piece stands out from the background.</translation>
  </message>
  <message>
   <source>No piece was found in this picture.</source>
   <translation>No piece was found in this picture.</translation>
  </message>
  <message>
   <source>No provider of this model promises to keep your designs private.</source>
   <translation>No provider of this model promises to keep your designs private.</translation>
  </message>
  <message>
   <source>No rating</source>
   <translation>No rating</translation>
  </message>
  <message>
   <source>Nobody can tell whether this picture was made.</source>
   <translation>Nobody can tell whether this picture was made.</translation>
  </message>
  <message>
   <source>Nobody serves it with what is asked of it.</source>
   <translation>Nobody serves it with what is asked of it.</translation>
  </message>
  <message>
   <source>Nobody signed in within ten minutes. Sign in once more.</source>
   <translation>Nobody signed in within ten minutes. Sign in once more.</translation>
  </message>
  <message>
   <source>None</source>
   <translation>None</translation>
  </message>
  <message>
   <source>None known</source>
   <translation>None known</translation>
  </message>
  <message>
   <source>None seen</source>
   <translation>None seen</translation>
  </message>
  <message>
   <source>Nose</source>
   <translation>Nose</translation>
  </message>
  <message>
   <source>Nose ring (nath)</source>
   <translation>Nose ring (nath)</translation>
  </message>
  <message>
   <source>Nose stud</source>
   <translation>Nose stud</translation>
  </message>
  <message>
   <source>Not connected</source>
   <translation>Not connected</translation>
  </message>
  <message>
   <source>Not known</source>
   <translation>Not known</translation>
  </message>
  <message>
   <source>Not saved yet</source>
   <translation>Not saved yet</translation>
  </message>
  <message>
   <source>Not shown</source>
   <translation>Not shown</translation>
  </message>
  <message>
   <source>Not sure</source>
   <translation>Not sure</translation>
  </message>
  <message>
   <source>Not worn</source>
   <translation>Not worn</translation>
  </message>
  <message>
   <source>Nothing</source>
   <translation>Nothing</translation>
  </message>
  <message>
   <source>Nothing here can be added</source>
   <translation>Nothing here can be added</translation>
  </message>
  <message>
   <source>Nothing is copied yet</source>
   <translation>Nothing is copied yet</translation>
  </message>
  <message>
   <source>Nothing is lost.</source>
   <translation>Nothing is lost.</translation>
  </message>
  <message>
   <source>Nothing is lost: what was done is saved.</source>
   <translation>Nothing is lost: what was done is saved.</translation>
  </message>
  <message>
   <source>Nothing is running</source>
   <translation>Nothing is running</translation>
  </message>
  <message>
   <source>Nothing is sent until then.</source>
   <translation>Nothing is sent until then.</translation>
  </message>
  <message>
   <source>Nothing is uploaded</source>
   <translation>Nothing is uploaded</translation>
  </message>
  <message>
   <source>Nothing is wrong with the picture: a part of the question is not known there.</source>
   <translation>Nothing is wrong with the picture: a part of the question is not known there.</translation>
  </message>
  <message>
   <source>Nothing leaves this computer until you make images that are not drafts.</source>
   <translation>Nothing leaves this computer until you make images that are not drafts.</translation>
  </message>
  <message>
   <source>Nothing leaves this computer until you sign in or add a key, and press Identify or Generate.</source>
   <translation>Nothing leaves this computer until you sign in or add a key, and press Identify or Generate.</translation>
  </message>
  <message>
   <source>Nothing more is sent that costs something. Nothing was charged for what waits.</source>
   <translation>Nothing more is sent that costs something. Nothing was charged for what waits.</translation>
  </message>
  <message>
   <source>Nothing of it is left in the bucket.</source>
   <translation>Nothing of it is left in the bucket.</translation>
  </message>
  <message>
   <source>Nothing selected</source>
   <translation>Nothing selected</translation>
  </message>
  <message>
   <source>Nothing stands out from its background.</source>
   <translation>Nothing stands out from its background.</translation>
  </message>
  <message>
   <source>Nothing that others do not need</source>
   <translation>Nothing that others do not need</translation>
  </message>
  <message>
   <source>Nothing was changed</source>
   <translation>Nothing was changed</translation>
  </message>
  <message>
   <source>Nothing was changed. Paste a key first.</source>
   <translation>Nothing was changed. Paste a key first.</translation>
  </message>
  <message>
   <source>Nothing was charged, and the pictures wait.</source>
   <translation>Nothing was charged, and the pictures wait.</translation>
  </message>
  <message>
   <source>Nothing was deleted.</source>
   <translation>Nothing was deleted.</translation>
  </message>
  <message>
   <source>Nothing was left unfinished.</source>
   <translation>Nothing was left unfinished.</translation>
  </message>
  <message>
   <source>Number</source>
   <translation>Number</translation>
  </message>
  <message>
   <source>Objects can be written, read, listed and deleted.</source>
   <translation>Objects can be written, read, listed and deleted.</translation>
  </message>
  <message>
   <source>Objects in the bucket could not be deleted.</source>
   <translation>Objects in the bucket could not be deleted.</translation>
  </message>
  <message>
   <source>Obsidian</source>
   <translation>Obsidian</translation>
  </message>
  <message>
   <source>Occasion</source>
   <translation>Occasion</translation>
  </message>
  <message>
   <source>Off-white</source>
   <translation>Off-white</translation>
  </message>
  <message>
   <source>Oiled</source>
   <translation>Oiled</translation>
  </message>
  <message>
   <source>Old european</source>
   <translation>Old european</translation>
  </message>
  <message>
   <source>Old mine</source>
   <translation>Old mine</translation>
  </message>
  <message>
   <source>Oldest</source>
   <translation>Oldest</translation>
  </message>
  <message>
   <source>Omega</source>
   <translation>Omega</translation>
  </message>
  <message>
   <source>On hand</source>
   <translation>On hand</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>On this computer</translation>
  </message>
  <message>
   <source>On this computer and in your bucket</source>
   <translation>On this computer and in your bucket</translation>
  </message>
  <message>
   <source>On this computer, {count} in your bucket</source>
   <translation>On this computer, {count} in your bucket</translation>
  </message>
  <message>
   <source>Once more</source>
   <translation>Once more</translation>
  </message>
  <message>
   <source>One detail needs your eye: {what}.</source>
   <translation>One detail needs your eye: {what}.</translation>
  </message>
  <message>
   <source>One image less</source>
   <translation>One image less</translation>
  </message>
  <message>
   <source>One image more</source>
   <translation>One image more</translation>
  </message>
  <message>
   <source>One piece per file</source>
   <translation>One piece per file</translation>
  </message>
  <message>
   <source>One piece per folder</source>
   <translation>One piece per folder</translation>
  </message>
  <message>
   <source>One piece per name, views apart</source>
   <translation>One piece per name, views apart</translation>
  </message>
  <message>
   <source>One stone fewer</source>
   <translation>One stone fewer</translation>
  </message>
  <message>
   <source>One stone more</source>
   <translation>One stone more</translation>
  </message>
  <message>
   <source>Only a link was dragged here. Save the picture as a file and add that.</source>
   <translation>Only a link was dragged here. Save the picture as a file and add that.</translation>
  </message>
  <message>
   <source>Onyx</source>
   <translation>Onyx</translation>
  </message>
  <message>
   <source>Opacity of the watermark</source>
   <translation>Opacity of the watermark</translation>
  </message>
  <message>
   <source>Opal</source>
   <translation>Opal</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Open</translation>
  </message>
  <message>
   <source>Open Connections</source>
   <translation>Open Connections</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Open folder</translation>
  </message>
  <message>
   <source>Open in Gallery</source>
   <translation>Open in Gallery</translation>
  </message>
  <message>
   <source>Open in Review</source>
   <translation>Open in Review</translation>
  </message>
  <message>
   <source>Open it again</source>
   <translation>Open it again</translation>
  </message>
  <message>
   <source>Open it in another program, save a copy as PNG, and add that one.</source>
   <translation>Open it in another program, save a copy as PNG, and add that one.</translation>
  </message>
  <message>
   <source>Open log</source>
   <translation>Open log</translation>
  </message>
  <message>
   <source>Open log folder</source>
   <translation>Open log folder</translation>
  </message>
  <message>
   <source>Open samples</source>
   <translation>Open samples</translation>
  </message>
  <message>
   <source>OpenRouter</source>
   <translation>OpenRouter</translation>
  </message>
  <message>
   <source>OpenRouter answered something that is not understood.</source>
   <translation>OpenRouter answered something that is not understood.</translation>
  </message>
  <message>
   <source>OpenRouter asks for a pause.</source>
   <translation>OpenRouter asks for a pause.</translation>
  </message>
  <message>
   <source>OpenRouter did not take the sign-in.</source>
   <translation>OpenRouter did not take the sign-in.</translation>
  </message>
  <message>
   <source>OpenRouter does not know it, or nobody serves it any more.</source>
   <translation>OpenRouter does not know it, or nobody serves it any more.</translation>
  </message>
  <message>
   <source>OpenRouter does not take the key.</source>
   <translation>OpenRouter does not take the key.</translation>
  </message>
  <message>
   <source>OpenRouter does not take the question.</source>
   <translation>OpenRouter does not take the question.</translation>
  </message>
  <message>
   <source>OpenRouter has trouble.</source>
   <translation>OpenRouter has trouble.</translation>
  </message>
  <message>
   <source>OpenRouter key</source>
   <translation>OpenRouter key</translation>
  </message>
  <message>
   <source>OpenRouter refuses it for this key.</source>
   <translation>OpenRouter refuses it for this key.</translation>
  </message>
  <message>
   <source>OpenRouter sent the browser back without a sign-in. Nothing was changed.</source>
   <translation>OpenRouter sent the browser back without a sign-in. Nothing was changed.</translation>
  </message>
  <message>
   <source>Opening it takes more than one picture may use.</source>
   <translation>Opening it takes more than one picture may use.</translation>
  </message>
  <message>
   <source>Opening it would send your sign-in name there.</source>
   <translation>Opening it would send your sign-in name there.</translation>
  </message>
  <message>
   <source>Opens Connections</source>
   <translation>Opens Connections</translation>
  </message>
  <message>
   <source>Openwork gallery</source>
   <translation>Openwork gallery</translation>
  </message>
  <message>
   <source>Opera</source>
   <translation>Opera</translation>
  </message>
  <message>
   <source>Optional</source>
   <translation>Optional</translation>
  </message>
  <message>
   <source>Orange</source>
   <translation>Orange</translation>
  </message>
  <message>
   <source>Order: {sorting}, grouped by {grouping}</source>
   <translation>Order: {sorting}, grouped by {grouping}</translation>
  </message>
  <message>
   <source>Organic, raw</source>
   <translation>Organic, raw</translation>
  </message>
  <message>
   <source>Origin</source>
   <translation>Origin</translation>
  </message>
  <message>
   <source>Originals</source>
   <translation>Originals</translation>
  </message>
  <message>
   <source>Other</source>
   <translation>Other</translation>
  </message>
  <message>
   <source>Other stones</source>
   <translation>Other stones</translation>
  </message>
  <message>
   <source>Other users of this computer may read a private file.</source>
   <translation>Other users of this computer may read a private file.</translation>
  </message>
  <message>
   <source>Oval</source>
   <translation>Oval</translation>
  </message>
  <message>
   <source>Own keys</source>
   <translation>Own keys</translation>
  </message>
  <message>
   <source>Own recipe</source>
   <translation>Own recipe</translation>
  </message>
  <message>
   <source>Oxidised</source>
   <translation>Oxidised</translation>
  </message>
  <message>
   <source>PDF, A4, 12 a page</source>
   <translation>PDF, A4, 12 a page</translation>
  </message>
  <message>
   <source>PDF, Letter, 12 a page</source>
   <translation>PDF, Letter, 12 a page</translation>
  </message>
  <message>
   <source>PNG</source>
   <translation>PNG</translation>
  </message>
  <message>
   <source>PNG, JPEG, TIFF, WebP, HEIC · up to 200 MB each · hundreds at once is fine</source>
   <translation>PNG, JPEG, TIFF, WebP, HEIC · up to 200 MB each · hundreds at once is fine</translation>
  </message>
  <message>
   <source>Paid</source>
   <translation>Paid</translation>
  </message>
  <message>
   <source>Pairing</source>
   <translation>Pairing</translation>
  </message>
  <message>
   <source>Palladium</source>
   <translation>Palladium</translation>
  </message>
  <message>
   <source>Paper</source>
   <translation>Paper</translation>
  </message>
  <message>
   <source>Paper white</source>
   <translation>Paper white</translation>
  </message>
  <message>
   <source>Part of it is gone.</source>
   <translation>Part of it is gone.</translation>
  </message>
  <message>
   <source>Part of its data is missing or wrong, so it cannot be shown whole.</source>
   <translation>Part of its data is missing or wrong, so it cannot be shown whole.</translation>
  </message>
  <message>
   <source>Parts made by others</source>
   <translation>Parts made by others</translation>
  </message>
  <message>
   <source>Parure</source>
   <translation>Parure</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Passphrase</translation>
  </message>
  <message>
   <source>Passphrase for the vault: </source>
   <translation>Passphrase for the vault: </translation>
  </message>
  <message>
   <source>Passphrase of the saved keys</source>
   <translation>Passphrase of the saved keys</translation>
  </message>
  <message>
   <source>Passphrase once more</source>
   <translation>Passphrase once more</translation>
  </message>
  <message>
   <source>Paste pictures</source>
   <translation>Paste pictures</translation>
  </message>
  <message>
   <source>Pasted</source>
   <translation>Pasted</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Pause</translation>
  </message>
  <message>
   <source>Pause all</source>
   <translation>Pause all</translation>
  </message>
  <message>
   <source>Pause copying</source>
   <translation>Pause copying</translation>
  </message>
  <message>
   <source>Paused</source>
   <translation>Paused</translation>
  </message>
  <message>
   <source>Paused. {how_far}.</source>
   <translation>Paused. {how_far}.</translation>
  </message>
  <message>
   <source>Pavé</source>
   <translation>Pavé</translation>
  </message>
  <message>
   <source>Payal</source>
   <translation>Payal</translation>
  </message>
  <message>
   <source>Pear</source>
   <translation>Pear</translation>
  </message>
  <message>
   <source>Pearl</source>
   <translation>Pearl</translation>
  </message>
  <message>
   <source>Peg</source>
   <translation>Peg</translation>
  </message>
  <message>
   <source>Peg head</source>
   <translation>Peg head</translation>
  </message>
  <message>
   <source>Pencil sketch</source>
   <translation>Pencil sketch</translation>
  </message>
  <message>
   <source>Pendant</source>
   <translation>Pendant</translation>
  </message>
  <message>
   <source>Pendant necklace</source>
   <translation>Pendant necklace</translation>
  </message>
  <message>
   <source>Pendant or charm</source>
   <translation>Pendant or charm</translation>
  </message>
  <message>
   <source>Peridot</source>
   <translation>Peridot</translation>
  </message>
  <message>
   <source>Pewter</source>
   <translation>Pewter</translation>
  </message>
  <message>
   <source>Phone photo</source>
   <translation>Phone photo</translation>
  </message>
  <message>
   <source>Photo</source>
   <translation>Photo</translation>
  </message>
  <message>
   <source>Photo of a wax or print</source>
   <translation>Photo of a wax or print</translation>
  </message>
  <message>
   <source>Photo on a model</source>
   <translation>Photo on a model</translation>
  </message>
  <message>
   <source>Photographs by paid engines. They are deleted there with their image here.</source>
   <translation>Photographs by paid engines. They are deleted there with their image here.</translation>
  </message>
  <message>
   <source>Pick</source>
   <translation>Pick</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Picture</translation>
  </message>
  <message>
   <source>Pictures</source>
   <translation>Pictures</translation>
  </message>
  <message>
   <source>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.heic *.heif)</source>
   <translation>Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp *.gif *.heic *.heif)</translation>
  </message>
  <message>
   <source>Pictures are sent only to those that neither keep nor learn from them.</source>
   <translation>Pictures are sent only to those that neither keep nor learn from them.</translation>
  </message>
  <message>
   <source>Pictures go only to providers that neither keep nor learn from them.</source>
   <translation>Pictures go only to providers that neither keep nor learn from them.</translation>
  </message>
  <message>
   <source>Pictures never go to providers that learn from them; with this, only to those that keep none.</source>
   <translation>Pictures never go to providers that learn from them; with this, only to those that keep none.</translation>
  </message>
  <message>
   <source>Piece</source>
   <translation>Piece</translation>
  </message>
  <message>
   <source>Piece as it is</source>
   <translation>Piece as it is</translation>
  </message>
  <message>
   <source>Piece, as form</source>
   <translation>Piece, as form</translation>
  </message>
  <message>
   <source>Pieces</source>
   <translation>Pieces</translation>
  </message>
  <message>
   <source>Pieces are identified on this computer then.</source>
   <translation>Pieces are identified on this computer then.</translation>
  </message>
  <message>
   <source>Pieces cannot be told from their backgrounds.</source>
   <translation>Pieces cannot be told from their backgrounds.</translation>
  </message>
  <message>
   <source>Pieces, images</source>
   <translation>Pieces, images</translation>
  </message>
  <message>
   <source>Pieces, recipes, ratings and backups</source>
   <translation>Pieces, recipes, ratings and backups</translation>
  </message>
  <message>
   <source>Pin</source>
   <translation>Pin</translation>
  </message>
  <message>
   <source>Pink</source>
   <translation>Pink</translation>
  </message>
  <message>
   <source>Pixels on the longest side</source>
   <translation>Pixels on the longest side</translation>
  </message>
  <message>
   <source>Place</source>
   <translation>Place</translation>
  </message>
  <message>
   <source>Place of the watermark</source>
   <translation>Place of the watermark</translation>
  </message>
  <message>
   <source>Plain band</source>
   <translation>Plain band</translation>
  </message>
  <message>
   <source>Platinum</source>
   <translation>Platinum</translation>
  </message>
  <message>
   <source>Plique-à-jour enamel</source>
   <translation>Plique-à-jour enamel</translation>
  </message>
  <message>
   <source>Polki (uncut diamond)</source>
   <translation>Polki (uncut diamond)</translation>
  </message>
  <message>
   <source>Popcorn</source>
   <translation>Popcorn</translation>
  </message>
  <message>
   <source>Portrait</source>
   <translation>Portrait</translation>
  </message>
  <message>
   <source>Portrait 4:5</source>
   <translation>Portrait 4:5</translation>
  </message>
  <message>
   <source>Portuguese</source>
   <translation>Portuguese</translation>
  </message>
  <message>
   <source>Prasiolite</source>
   <translation>Prasiolite</translation>
  </message>
  <message>
   <source>Preparing</source>
   <translation>Preparing</translation>
  </message>
  <message>
   <source>Presets</source>
   <translation>Presets</translation>
  </message>
  <message>
   <source>Press a key to change it. Single letters act only where no text is typed.</source>
   <translation>Press a key to change it. Single letters act only where no text is typed.</translation>
  </message>
  <message>
   <source>Press a key…</source>
   <translation>Press a key…</translation>
  </message>
  <message>
   <source>Press the new key for {does}</source>
   <translation>Press the new key for {does}</translation>
  </message>
  <message>
   <source>Preview of the watermark</source>
   <translation>Preview of the watermark</translation>
  </message>
  <message>
   <source>Previews</source>
   <translation>Previews</translation>
  </message>
  <message>
   <source>Previews; made anew when they are missing</source>
   <translation>Previews; made anew when they are missing</translation>
  </message>
  <message>
   <source>Previous</source>
   <translation>Previous</translation>
  </message>
  <message>
   <source>Previous pane</source>
   <translation>Previous pane</translation>
  </message>
  <message>
   <source>Price</source>
   <translation>Price</translation>
  </message>
  <message>
   <source>Princess</source>
   <translation>Princess</translation>
  </message>
  <message>
   <source>Print catalogue</source>
   <translation>Print catalogue</translation>
  </message>
  <message>
   <source>Product photo</source>
   <translation>Product photo</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>Program</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Prongs and setting</source>
   <translation>Prongs and setting</translation>
  </message>
  <message>
   <source>Proportions</source>
   <translation>Proportions</translation>
  </message>
  <message>
   <source>Proving that nothing is left</source>
   <translation>Proving that nothing is left</translation>
  </message>
  <message>
   <source>Pt</source>
   <translation>Pt</translation>
  </message>
  <message>
   <source>Pure white</source>
   <translation>Pure white</translation>
  </message>
  <message>
   <source>Purity</source>
   <translation>Purity</translation>
  </message>
  <message>
   <source>Purple</source>
   <translation>Purple</translation>
  </message>
  <message>
   <source>Push (butterfly)</source>
   <translation>Push (butterfly)</translation>
  </message>
  <message>
   <source>Put library.db back from a copy; to begin anew, first move the folder `blobs` somewhere else.</source>
   <translation>Put library.db back from a copy; to begin anew, first move the folder `blobs` somewhere else.</translation>
  </message>
  <message>
   <source>Put the folder back from a backup.</source>
   <translation>Put the folder back from a backup.</translation>
  </message>
  <message>
   <source>Put together</source>
   <translation>Put together</translation>
  </message>
  <message>
   <source>PySide6-Essentials</source>
   <translation>PySide6-Essentials</translation>
  </message>
  <message>
   <source>QMimeData | None</source>
   <translation>QMimeData | None</translation>
  </message>
  <message>
   <source>Quality</source>
   <translation>Quality</translation>
  </message>
  <message>
   <source>Queue</source>
   <translation>Queue</translation>
  </message>
  <message>
   <source>Queue, {count} images not done</source>
   <translation>Queue, {count} images not done</translation>
  </message>
  <message>
   <source>Quick and cheap, for trying things</source>
   <translation>Quick and cheap, for trying things</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Quit</translation>
  </message>
  <message>
   <source>Qwen Image</source>
   <translation>Qwen Image</translation>
  </message>
  <message>
   <source>R2 has trouble.</source>
   <translation>R2 has trouble.</translation>
  </message>
  <message>
   <source>Radiant</source>
   <translation>Radiant</translation>
  </message>
  <message>
   <source>Raise it at openrouter.ai, or wait until it begins anew.</source>
   <translation>Raise it at openrouter.ai, or wait until it begins anew.</translation>
  </message>
  <message>
   <source>Raise the budget in Settings, Connections, or lift it for this month.</source>
   <translation>Raise the budget in Settings, Connections, or lift it for this month.</translation>
  </message>
  <message>
   <source>Raise the limit of the key at openrouter.ai/keys, or give another key.</source>
   <translation>Raise the limit of the key at openrouter.ai/keys, or give another key.</translation>
  </message>
  <message>
   <source>Rani haar</source>
   <translation>Rani haar</translation>
  </message>
  <message>
   <source>Rate 1 star</source>
   <translation>Rate 1 star</translation>
  </message>
  <message>
   <source>Rate 2 stars</source>
   <translation>Rate 2 stars</translation>
  </message>
  <message>
   <source>Rate 3 stars</source>
   <translation>Rate 3 stars</translation>
  </message>
  <message>
   <source>Rate 4 stars</source>
   <translation>Rate 4 stars</translation>
  </message>
  <message>
   <source>Rate 5 stars</source>
   <translation>Rate 5 stars</translation>
  </message>
  <message>
   <source>Rating</source>
   <translation>Rating</translation>
  </message>
  <message>
   <source>Rating, {stars} of {most} stars</source>
   <translation>Rating, {stars} of {most} stars</translation>
  </message>
  <message>
   <source>Read from the picture</source>
   <translation>Read from the picture</translation>
  </message>
  <message>
   <source>Reading {done} of {total}</source>
   <translation>Reading {done} of {total}</translation>
  </message>
  <message>
   <source>Readings by a vision model wait; those of this computer stand until then.</source>
   <translation>Readings by a vision model wait; those of this computer stand until then.</translation>
  </message>
  <message>
   <source>Readings wait; those of this computer stand until then.</source>
   <translation>Readings wait; those of this computer stand until then.</translation>
  </message>
  <message>
   <source>Reading…</source>
   <translation>Reading…</translation>
  </message>
  <message>
   <source>Reads each picture you add, and each photograph made of it. OpenRouter bills you directly.</source>
   <translation>Reads each picture you add, and each photograph made of it. OpenRouter bills you directly.</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Ready</translation>
  </message>
  <message>
   <source>Recipe</source>
   <translation>Recipe</translation>
  </message>
  <message>
   <source>Recipes: {name}</source>
   <translation>Recipes: {name}</translation>
  </message>
  <message>
   <source>Red</source>
   <translation>Red</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Redo</translation>
  </message>
  <message>
   <source>Reference</source>
   <translation>Reference</translation>
  </message>
  <message>
   <source>References and images</source>
   <translation>References and images</translation>
  </message>
  <message>
   <source>References are uploaded to WaveSpeed then. What lies in the bucket stays there.</source>
   <translation>References are uploaded to WaveSpeed then. What lies in the bucket stays there.</translation>
  </message>
  <message>
   <source>References are uploaded to WaveSpeed, where they stay for seven days at an address nobody can guess.</source>
   <translation>References are uploaded to WaveSpeed, where they stay for seven days at an address nobody can guess.</translation>
  </message>
  <message>
   <source>References reach it through your own bucket.</source>
   <translation>References reach it through your own bucket.</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Reject</translation>
  </message>
  <message>
   <source>Religious</source>
   <translation>Religious</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Remove</translation>
  </message>
  <message>
   <source>Remove from collection</source>
   <translation>Remove from collection</translation>
  </message>
  <message>
   <source>Remove it, and connect anew; pictures and keys are not affected.</source>
   <translation>Remove it, and connect anew; pictures and keys are not affected.</translation>
  </message>
  <message>
   <source>Remove that folder, or set XDG_RUNTIME_DIR to a folder of your own.</source>
   <translation>Remove that folder, or set XDG_RUNTIME_DIR to a folder of your own.</translation>
  </message>
  <message>
   <source>Remove the keys</source>
   <translation>Remove the keys</translation>
  </message>
  <message>
   <source>Remove the keys of {name} from this computer?</source>
   <translation>Remove the keys of {name} from this computer?</translation>
  </message>
  <message>
   <source>Remove these stones</source>
   <translation>Remove these stones</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>Remove {name}</translation>
  </message>
  <message>
   <source>Removing previews, backups and traces</source>
   <translation>Removing previews, backups and traces</translation>
  </message>
  <message>
   <source>Removing {count} files</source>
   <translation>Removing {count} files</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Rename</translation>
  </message>
  <message>
   <source>Rename recipe</source>
   <translation>Rename recipe</translation>
  </message>
  <message>
   <source>Rename the file, and add it again.</source>
   <translation>Rename the file, and add it again.</translation>
  </message>
  <message>
   <source>Rename “{name}”…</source>
   <translation>Rename “{name}”…</translation>
  </message>
  <message>
   <source>Render or capture a view in your CAD program, export it as a PNG and add that.</source>
   <translation>Render or capture a view in your CAD program, export it as a PNG and add that.</translation>
  </message>
  <message>
   <source>Rendering</source>
   <translation>Rendering</translation>
  </message>
  <message>
   <source>Rendering {count}</source>
   <translation>Rendering {count}</translation>
  </message>
  <message>
   <source>Replace file</source>
   <translation>Replace file</translation>
  </message>
  <message>
   <source>Replace file…</source>
   <translation>Replace file…</translation>
  </message>
  <message>
   <source>Replace recipe</source>
   <translation>Replace recipe</translation>
  </message>
  <message>
   <source>Replace {file}</source>
   <translation>Replace {file}</translation>
  </message>
  <message>
   <source>Reserving</source>
   <translation>Reserving</translation>
  </message>
  <message>
   <source>Reset</source>
   <translation>Reset</translation>
  </message>
  <message>
   <source>Reset all shortcuts</source>
   <translation>Reset all shortcuts</translation>
  </message>
  <message>
   <source>Reset {does}</source>
   <translation>Reset {does}</translation>
  </message>
  <message>
   <source>Resin</source>
   <translation>Resin</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Result</translation>
  </message>
  <message>
   <source>Results</source>
   <translation>Results</translation>
  </message>
  <message>
   <source>Results land here as they finish. Pick a piece in Studio, choose a recipe and generate.</source>
   <translation>Results land here as they finish. Pick a piece in Studio, choose a recipe and generate.</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Resume</translation>
  </message>
  <message>
   <source>Reticulated</source>
   <translation>Reticulated</translation>
  </message>
  <message>
   <source>Retro 1940s</source>
   <translation>Retro 1940s</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Retry</translation>
  </message>
  <message>
   <source>Retry all</source>
   <translation>Retry all</translation>
  </message>
  <message>
   <source>Retry it to make it at the new price, or skip it.</source>
   <translation>Retry it to make it at the new price, or skip it.</translation>
  </message>
  <message>
   <source>Retry it; each time it is looked up first.</source>
   <translation>Retry it; each time it is looked up first.</translation>
  </message>
  <message>
   <source>Retry it; it is charged anew.</source>
   <translation>Retry it; it is charged anew.</translation>
  </message>
  <message>
   <source>Retry the focused failure</source>
   <translation>Retry the focused failure</translation>
  </message>
  <message>
   <source>Retry these {count}</source>
   <translation>Retry these {count}</translation>
  </message>
  <message>
   <source>Retry {file}</source>
   <translation>Retry {file}</translation>
  </message>
  <message>
   <source>Return</source>
   <translation>Return</translation>
  </message>
  <message>
   <source>Reverse tapered</source>
   <translation>Reverse tapered</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Review</translation>
  </message>
  <message>
   <source>Ring</source>
   <translation>Ring</translation>
  </message>
  <message>
   <source>Rivière</source>
   <translation>Rivière</translation>
  </message>
  <message>
   <source>Rock crystal</source>
   <translation>Rock crystal</translation>
  </message>
  <message>
   <source>Rolo (belcher)</source>
   <translation>Rolo (belcher)</translation>
  </message>
  <message>
   <source>Room taken</source>
   <translation>Room taken</translation>
  </message>
  <message>
   <source>Rope</source>
   <translation>Rope</translation>
  </message>
  <message>
   <source>Rose</source>
   <translation>Rose</translation>
  </message>
  <message>
   <source>Rose cut</source>
   <translation>Rose cut</translation>
  </message>
  <message>
   <source>Rose gold</source>
   <translation>Rose gold</translation>
  </message>
  <message>
   <source>Rose gold ring</source>
   <translation>Rose gold ring</translation>
  </message>
  <message>
   <source>Rose quartz</source>
   <translation>Rose quartz</translation>
  </message>
  <message>
   <source>Rough</source>
   <translation>Rough</translation>
  </message>
  <message>
   <source>Round</source>
   <translation>Round</translation>
  </message>
  <message>
   <source>Ruby</source>
   <translation>Ruby</translation>
  </message>
  <message>
   <source>Run `dmdx-desktop doctor --repair`, then export again.</source>
   <translation>Run `dmdx-desktop doctor --repair`, then export again.</translation>
  </message>
  <message>
   <source>Run `dmdx-desktop doctor --repair`.</source>
   <translation>Run `dmdx-desktop doctor --repair`.</translation>
  </message>
  <message>
   <source>Run `dmdx-desktop doctor` to see what can be saved, or put back a backup.</source>
   <translation>Run `dmdx-desktop doctor` to see what can be saved, or put back a backup.</translation>
  </message>
  <message>
   <source>Run `dmdx-desktop doctor`, and add the picture again.</source>
   <translation>Run `dmdx-desktop doctor`, and add the picture again.</translation>
  </message>
  <message>
   <source>Run `dmdx-desktop doctor`.</source>
   <translation>Run `dmdx-desktop doctor`.</translation>
  </message>
  <message>
   <source>Run the command again with --yes.</source>
   <translation>Run the command again with --yes.</translation>
  </message>
  <message>
   <source>Run the same command again, or `dmdx-desktop resume`.</source>
   <translation>Run the same command again, or `dmdx-desktop resume`.</translation>
  </message>
  <message>
   <source>Runs on this computer. Nothing is sent anywhere but to services that you connect.</source>
   <translation>Runs on this computer. Nothing is sent anywhere but to services that you connect.</translation>
  </message>
  <message>
   <source>Ruthenium</source>
   <translation>Ruthenium</translation>
  </message>
  <message>
   <source>Rutilated quartz</source>
   <translation>Rutilated quartz</translation>
  </message>
  <message>
   <source>S-hook</source>
   <translation>S-hook</translation>
  </message>
  <message>
   <source>Sample pictures</source>
   <translation>Sample pictures</translation>
  </message>
  <message>
   <source>Sandblasted</source>
   <translation>Sandblasted</translation>
  </message>
  <message>
   <source>Sapphire</source>
   <translation>Sapphire</translation>
  </message>
  <message>
   <source>Satin</source>
   <translation>Satin</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Save</translation>
  </message>
  <message>
   <source>Save a key first.</source>
   <translation>Save a key first.</translation>
  </message>
  <message>
   <source>Save a smaller version and add that.</source>
   <translation>Save a smaller version and add that.</translation>
  </message>
  <message>
   <source>Save a smaller version, 4000 pixels on the longer side is plenty, and add that.</source>
   <translation>Save a smaller version, 4000 pixels on the longer side is plenty, and add that.</translation>
  </message>
  <message>
   <source>Save as preset</source>
   <translation>Save as preset</translation>
  </message>
  <message>
   <source>Save changes</source>
   <translation>Save changes</translation>
  </message>
  <message>
   <source>Save changes to “{name}”</source>
   <translation>Save changes to “{name}”</translation>
  </message>
  <message>
   <source>Save one frame as a JPEG or PNG and add that.</source>
   <translation>Save one frame as a JPEG or PNG and add that.</translation>
  </message>
  <message>
   <source>Save recipe</source>
   <translation>Save recipe</translation>
  </message>
  <message>
   <source>Save recipe as</source>
   <translation>Save recipe as</translation>
  </message>
  <message>
   <source>Save recipe as…</source>
   <translation>Save recipe as…</translation>
  </message>
  <message>
   <source>Save the picture as a JPEG and add that, or install pillow-heif.</source>
   <translation>Save the picture as a JPEG and add that, or install pillow-heif.</translation>
  </message>
  <message>
   <source>Save what you changed?</source>
   <translation>Save what you changed?</translation>
  </message>
  <message>
   <source>Save {name}</source>
   <translation>Save {name}</translation>
  </message>
  <message>
   <source>Save {name}: advanced</source>
   <translation>Save {name}: advanced</translation>
  </message>
  <message>
   <source>Saved</source>
   <translation>Saved</translation>
  </message>
  <message>
   <source>Saved. Paste a new one to replace it.</source>
   <translation>Saved. Paste a new one to replace it.</translation>
  </message>
  <message>
   <source>Saving</source>
   <translation>Saving</translation>
  </message>
  <message>
   <source>Saving…</source>
   <translation>Saving…</translation>
  </message>
  <message>
   <source>Scene</source>
   <translation>Scene</translation>
  </message>
  <message>
   <source>Scene: {name}</source>
   <translation>Scene: {name}</translation>
  </message>
  <message>
   <source>Scenes</source>
   <translation>Scenes</translation>
  </message>
  <message>
   <source>Scenes that need a paid engine</source>
   <translation>Scenes that need a paid engine</translation>
  </message>
  <message>
   <source>Scenes, metals, angle, shape, size and number of images are kept.</source>
   <translation>Scenes, metals, angle, shape, size and number of images are kept.</translation>
  </message>
  <message>
   <source>Screw</source>
   <translation>Screw</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Search</translation>
  </message>
  <message>
   <source>Search images</source>
   <translation>Search images</translation>
  </message>
  <message>
   <source>Search models</source>
   <translation>Search models</translation>
  </message>
  <message>
   <source>Search models…</source>
   <translation>Search models…</translation>
  </message>
  <message>
   <source>Search name, metal, stone…</source>
   <translation>Search name, metal, stone…</translation>
  </message>
  <message>
   <source>Search pieces</source>
   <translation>Search pieces</translation>
  </message>
  <message>
   <source>Secret access key</source>
   <translation>Secret access key</translation>
  </message>
  <message>
   <source>Secret access key of the bucket</source>
   <translation>Secret access key of the bucket</translation>
  </message>
  <message>
   <source>See `dmdx-desktop --help` for what can be done without one.</source>
   <translation>See `dmdx-desktop --help` for what can be done without one.</translation>
  </message>
  <message>
   <source>Seedream 4.5</source>
   <translation>Seedream 4.5</translation>
  </message>
  <message>
   <source>Seems to agree</source>
   <translation>Seems to agree</translation>
  </message>
  <message>
   <source>Seems to differ</source>
   <translation>Seems to differ</translation>
  </message>
  <message>
   <source>Seems to differ: {fields}</source>
   <translation>Seems to differ: {fields}</translation>
  </message>
  <message>
   <source>Select 2 to {most} images to compare them</source>
   <translation>Select 2 to {most} images to compare them</translation>
  </message>
  <message>
   <source>Select a piece</source>
   <translation>Select a piece</translation>
  </message>
  <message>
   <source>Select a piece first</source>
   <translation>Select a piece first</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>Select all</translation>
  </message>
  <message>
   <source>Select an image to judge it beside its reference.</source>
   <translation>Select an image to judge it beside its reference.</translation>
  </message>
  <message>
   <source>Select an image to see its details</source>
   <translation>Select an image to see its details</translation>
  </message>
  <message>
   <source>Select everything that is shown</source>
   <translation>Select everything that is shown</translation>
  </message>
  <message>
   <source>Select images of one piece to make more of it</source>
   <translation>Select images of one piece to make more of it</translation>
  </message>
  <message>
   <source>Select this group</source>
   <translation>Select this group</translation>
  </message>
  <message>
   <source>Selected pieces</source>
   <translation>Selected pieces</translation>
  </message>
  <message>
   <source>Send again</source>
   <translation>Send again</translation>
  </message>
  <message>
   <source>Separated by commas, {count} at most</source>
   <translation>Separated by commas, {count} at most</translation>
  </message>
  <message>
   <source>Septum</source>
   <translation>Septum</translation>
  </message>
  <message>
   <source>Serpentine</source>
   <translation>Serpentine</translation>
  </message>
  <message>
   <source>Services with keys of your own</source>
   <translation>Services with keys of your own</translation>
  </message>
  <message>
   <source>Session token</source>
   <translation>Session token</translation>
  </message>
  <message>
   <source>Session token (empty for permanent keys)</source>
   <translation>Session token (empty for permanent keys)</translation>
  </message>
  <message>
   <source>Set</source>
   <translation>Set</translation>
  </message>
  <message>
   <source>Setting</source>
   <translation>Setting</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Settings</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Settings…</translation>
  </message>
  <message>
   <source>Several pieces</source>
   <translation>Several pieces</translation>
  </message>
  <message>
   <source>Several places</source>
   <translation>Several places</translation>
  </message>
  <message>
   <source>Shaded CAD render</source>
   <translation>Shaded CAD render</translation>
  </message>
  <message>
   <source>Shank</source>
   <translation>Shank</translation>
  </message>
  <message>
   <source>Shape</source>
   <translation>Shape</translation>
  </message>
  <message>
   <source>Shell</source>
   <translation>Shell</translation>
  </message>
  <message>
   <source>Shield</source>
   <translation>Shield</translation>
  </message>
  <message>
   <source>Shift+F6</source>
   <translation>Shift+F6</translation>
  </message>
  <message>
   <source>Shirt cuff</source>
   <translation>Shirt cuff</translation>
  </message>
  <message>
   <source>Shopify, by secondary sources of November 2026: square 2048 px recommended, at most 4472 px, 20 megapixels and 20 MB. Not confirmed live</source>
   <translation>Shopify, by secondary sources of November 2026: square 2048 px recommended, at most 4472 px, 20 megapixels and 20 MB. Not confirmed live</translation>
  </message>
  <message>
   <source>Shortcuts</source>
   <translation>Shortcuts</translation>
  </message>
  <message>
   <source>Shorten the prompt, or choose another engine.</source>
   <translation>Shorten the prompt, or choose another engine.</translation>
  </message>
  <message>
   <source>Show a job: its references, its description with sources and confidences, its renders, outputs and problems.</source>
   <translation>Show a job: its references, its description with sources and confidences, its renders, outputs and problems.</translation>
  </message>
  <message>
   <source>Show all</source>
   <translation>Show all</translation>
  </message>
  <message>
   <source>Show all {count}</source>
   <translation>Show all {count}</translation>
  </message>
  <message>
   <source>Show as chips</source>
   <translation>Show as chips</translation>
  </message>
  <message>
   <source>Show every group</source>
   <translation>Show every group</translation>
  </message>
  <message>
   <source>Show images without a flag only</source>
   <translation>Show images without a flag only</translation>
  </message>
  <message>
   <source>Show in Explorer</source>
   <translation>Show in Explorer</translation>
  </message>
  <message>
   <source>Show in Explorer when done</source>
   <translation>Show in Explorer when done</translation>
  </message>
  <message>
   <source>Show in Finder</source>
   <translation>Show in Finder</translation>
  </message>
  <message>
   <source>Show in Finder when done</source>
   <translation>Show in Finder when done</translation>
  </message>
  <message>
   <source>Show in Queue</source>
   <translation>Show in Queue</translation>
  </message>
  <message>
   <source>Show in folder</source>
   <translation>Show in folder</translation>
  </message>
  <message>
   <source>Show in folder when done</source>
   <translation>Show in folder when done</translation>
  </message>
  <message>
   <source>Show it</source>
   <translation>Show it</translation>
  </message>
  <message>
   <source>Show its piece</source>
   <translation>Show its piece</translation>
  </message>
  <message>
   <source>Show less</source>
   <translation>Show less</translation>
  </message>
  <message>
   <source>Show or hide the inspector</source>
   <translation>Show or hide the inspector</translation>
  </message>
  <message>
   <source>Show picked images only</source>
   <translation>Show picked images only</translation>
  </message>
  <message>
   <source>Show piece</source>
   <translation>Show piece</translation>
  </message>
  <message>
   <source>Show rejected images only</source>
   <translation>Show rejected images only</translation>
  </message>
  <message>
   <source>Show the one to check</source>
   <translation>Show the one to check</translation>
  </message>
  <message>
   <source>Show the {count}</source>
   <translation>Show the {count}</translation>
  </message>
  <message>
   <source>Show the {count} to check</source>
   <translation>Show the {count} to check</translation>
  </message>
  <message>
   <source>Show this group</source>
   <translation>Show this group</translation>
  </message>
  <message>
   <source>Show what is wrong</source>
   <translation>Show what is wrong</translation>
  </message>
  <message>
   <source>Shown below</source>
   <translation>Shown below</translation>
  </message>
  <message>
   <source>Side</source>
   <translation>Side</translation>
  </message>
  <message>
   <source>Side stones</source>
   <translation>Side stones</translation>
  </message>
  <message>
   <source>Sign in once more.</source>
   <translation>Sign in once more.</translation>
  </message>
  <message>
   <source>Sign in with the browser</source>
   <translation>Sign in with the browser</translation>
  </message>
  <message>
   <source>Signet</source>
   <translation>Signet</translation>
  </message>
  <message>
   <source>Signing in…</source>
   <translation>Signing in…</translation>
  </message>
  <message>
   <source>Silver</source>
   <translation>Silver</translation>
  </message>
  <message>
   <source>Simulant</source>
   <translation>Simulant</translation>
  </message>
  <message>
   <source>Singapore</source>
   <translation>Singapore</translation>
  </message>
  <message>
   <source>Single</source>
   <translation>Single</translation>
  </message>
  <message>
   <source>Single letters are switched off in Settings.</source>
   <translation>Single letters are switched off in Settings.</translation>
  </message>
  <message>
   <source>Single letters, digits and signs act as shortcuts</source>
   <translation>Single letters, digits and signs act as shortcuts</translation>
  </message>
  <message>
   <source>Six pieces; their drafts are made while you watch. No account, no credits.</source>
   <translation>Six pieces; their drafts are made while you watch. No account, no credits.</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Size</translation>
  </message>
  <message>
   <source>Size of text and pictures follows the scale that is set for each screen in the system.</source>
   <translation>Size of text and pictures follows the scale that is set for each screen in the system.</translation>
  </message>
  <message>
   <source>Size of the tiles</source>
   <translation>Size of the tiles</translation>
  </message>
  <message>
   <source>Size of the watermark</source>
   <translation>Size of the watermark</translation>
  </message>
  <message>
   <source>Size, mm</source>
   <translation>Size, mm</translation>
  </message>
  <message>
   <source>Sketch</source>
   <translation>Sketch</translation>
  </message>
  <message>
   <source>Skip</source>
   <translation>Skip</translation>
  </message>
  <message>
   <source>Skip these {count}</source>
   <translation>Skip these {count}</translation>
  </message>
  <message>
   <source>Skipped files</source>
   <translation>Skipped files</translation>
  </message>
  <message>
   <source>Slate</source>
   <translation>Slate</translation>
  </message>
  <message>
   <source>Slice</source>
   <translation>Slice</translation>
  </message>
  <message>
   <source>Slide</source>
   <translation>Slide</translation>
  </message>
  <message>
   <source>Smoky quartz</source>
   <translation>Smoky quartz</translation>
  </message>
  <message>
   <source>Snake</source>
   <translation>Snake</translation>
  </message>
  <message>
   <source>Social 4:5</source>
   <translation>Social 4:5</translation>
  </message>
  <message>
   <source>Soft grey</source>
   <translation>Soft grey</translation>
  </message>
  <message>
   <source>Soft light and skin, up to 4K</source>
   <translation>Soft light and skin, up to 4K</translation>
  </message>
  <message>
   <source>Solitaire</source>
   <translation>Solitaire</translation>
  </message>
  <message>
   <source>Some are there again each time.</source>
   <translation>Some are there again each time.</translation>
  </message>
  <message>
   <source>Some pieces are kept back</source>
   <translation>Some pieces are kept back</translation>
  </message>
  <message>
   <source>Some stones may be hidden, so the count is uncertain.</source>
   <translation>Some stones may be hidden, so the count is uncertain.</translation>
  </message>
  <message>
   <source>Something between here and there may have answered in its place.</source>
   <translation>Something between here and there may have answered in its place.</translation>
  </message>
  <message>
   <source>Something else removed its file.</source>
   <translation>Something else removed its file.</translation>
  </message>
  <message>
   <source>Something is missing</source>
   <translation>Something is missing</translation>
  </message>
  <message>
   <source>Something that is not part of the library lies among its pictures.</source>
   <translation>Something that is not part of the library lies among its pictures.</translation>
  </message>
  <message>
   <source>Something went wrong on our side and was written to the log. Your work is saved.</source>
   <translation>Something went wrong on our side and was written to the log. Your work is saved.</translation>
  </message>
  <message>
   <source>Something went wrong on our side.</source>
   <translation>Something went wrong on our side.</translation>
  </message>
  <message>
   <source>Sort by</source>
   <translation>Sort by</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Source</translation>
  </message>
  <message>
   <source>Sourced</source>
   <translation>Sourced</translation>
  </message>
  <message>
   <source>Space</source>
   <translation>Space</translation>
  </message>
  <message>
   <source>Space opens the loupe, Enter leaves a piece out</source>
   <translation>Space opens the loupe, Enter leaves a piece out</translation>
  </message>
  <message>
   <source>Space opens the loupe, click a piece to leave it out</source>
   <translation>Space opens the loupe, click a piece to leave it out</translation>
  </message>
  <message>
   <source>Species</source>
   <translation>Species</translation>
  </message>
  <message>
   <source>Spinel</source>
   <translation>Spinel</translation>
  </message>
  <message>
   <source>Spinner</source>
   <translation>Spinner</translation>
  </message>
  <message>
   <source>Split shank</source>
   <translation>Split shank</translation>
  </message>
  <message>
   <source>Spray</source>
   <translation>Spray</translation>
  </message>
  <message>
   <source>Spring ring</source>
   <translation>Spring ring</translation>
  </message>
  <message>
   <source>Square 1:1</source>
   <translation>Square 1:1</translation>
  </message>
  <message>
   <source>Stackable</source>
   <translation>Stackable</translation>
  </message>
  <message>
   <source>Stainless steel</source>
   <translation>Stainless steel</translation>
  </message>
  <message>
   <source>Stamped</source>
   <translation>Stamped</translation>
  </message>
  <message>
   <source>Stand-ins</source>
   <translation>Stand-ins</translation>
  </message>
  <message>
   <source>Standard output is closed, or the disk it goes to is full.</source>
   <translation>Standard output is closed, or the disk it goes to is full.</translation>
  </message>
  <message>
   <source>Star</source>
   <translation>Star</translation>
  </message>
  <message>
   <source>Star stone</source>
   <translation>Star stone</translation>
  </message>
  <message>
   <source>Start DMDX Studio once; the library is backed up first.</source>
   <translation>Start DMDX Studio once; the library is backed up first.</translation>
  </message>
  <message>
   <source>Start the program again; if it happens once more, install the program anew.</source>
   <translation>Start the program again; if it happens once more, install the program anew.</translation>
  </message>
  <message>
   <source>Start the program again; the work continues where it stopped.</source>
   <translation>Start the program again; the work continues where it stopped.</translation>
  </message>
  <message>
   <source>Start the version that made it, or start this one once if it is newer.</source>
   <translation>Start the version that made it, or start this one once if it is newer.</translation>
  </message>
  <message>
   <source>Start with a piece</source>
   <translation>Start with a piece</translation>
  </message>
  <message>
   <source>State</source>
   <translation>State</translation>
  </message>
  <message>
   <source>Statement</source>
   <translation>Statement</translation>
  </message>
  <message>
   <source>Station</source>
   <translation>Station</translation>
  </message>
  <message>
   <source>Status</source>
   <translation>Status</translation>
  </message>
  <message>
   <source>Stays: {files} in your own folders, and {receipt}.</source>
   <translation>Stays: {files} in your own folders, and {receipt}.</translation>
  </message>
  <message>
   <source>Stays: {receipt}.</source>
   <translation>Stays: {receipt}.</translation>
  </message>
  <message>
   <source>Step</source>
   <translation>Step</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Steps</translation>
  </message>
  <message>
   <source>Steps from a piece to its images</source>
   <translation>Steps from a piece to its images</translation>
  </message>
  <message>
   <source>Stone</source>
   <translation>Stone</translation>
  </message>
  <message>
   <source>Stone colour and cut</source>
   <translation>Stone colour and cut</translation>
  </message>
  <message>
   <source>Stone count</source>
   <translation>Stone count</translation>
  </message>
  <message>
   <source>Stones</source>
   <translation>Stones</translation>
  </message>
  <message>
   <source>Stones are edited piece by piece</source>
   <translation>Stones are edited piece by piece</translation>
  </message>
  <message>
   <source>Stones, each group exactly where the reference shows it:</source>
   <translation>Stones, each group exactly where the reference shows it:</translation>
  </message>
  <message>
   <source>Stones: exactly as many, as large and where the reference shows them.</source>
   <translation>Stones: exactly as many, as large and where the reference shows them.</translation>
  </message>
  <message>
   <source>Stones: none.</source>
   <translation>Stones: none.</translation>
  </message>
  <message>
   <source>Stop and close</source>
   <translation>Stop and close</translation>
  </message>
  <message>
   <source>Stopped or kept, nothing is lost: what is not done goes on with the next start.</source>
   <translation>Stopped or kept, nothing is lost: what is not done goes on with the next start.</translation>
  </message>
  <message>
   <source>Storage</source>
   <translation>Storage</translation>
  </message>
  <message>
   <source>Storage and cache</source>
   <translation>Storage and cache</translation>
  </message>
  <message>
   <source>Storage is not connected.</source>
   <translation>Storage is not connected.</translation>
  </message>
  <message>
   <source>Stored</source>
   <translation>Stored</translation>
  </message>
  <message>
   <source>Story 9:16</source>
   <translation>Story 9:16</translation>
  </message>
  <message>
   <source>Streetwear, hip-hop</source>
   <translation>Streetwear, hip-hop</translation>
  </message>
  <message>
   <source>Stud</source>
   <translation>Stud</translation>
  </message>
  <message>
   <source>Studio</source>
   <translation>Studio</translation>
  </message>
  <message>
   <source>StudioPage.0</source>
   <translation>StudioPage.0</translation>
  </message>
  <message>
   <source>Style</source>
   <translation>Style</translation>
  </message>
  <message>
   <source>Submitting</source>
   <translation>Submitting</translation>
  </message>
  <message>
   <source>Subtype</source>
   <translation>Subtype</translation>
  </message>
  <message>
   <source>Sugarloaf</source>
   <translation>Sugarloaf</translation>
  </message>
  <message>
   <source>Surprise</source>
   <translation>Surprise</translation>
  </message>
  <message>
   <source>Surprise stone</source>
   <translation>Surprise stone</translation>
  </message>
  <message>
   <source>Surround</source>
   <translation>Surround</translation>
  </message>
  <message>
   <source>Surround: {name}</source>
   <translation>Surround: {name}</translation>
  </message>
  <message>
   <source>Swap before and after</source>
   <translation>Swap before and after</translation>
  </message>
  <message>
   <source>Synthetic spinel</source>
   <translation>Synthetic spinel</translation>
  </message>
  <message>
   <source>TIFF</source>
   <translation>TIFF</translation>
  </message>
  <message>
   <source>Tab switches the image · 1–5 rates the outlined image · Enter keeps it, rejects the others</source>
   <translation>Tab switches the image · 1–5 rates the outlined image · Enter keeps it, rejects the others</translation>
  </message>
  <message>
   <source>Take `next` of the last answer as it stands, or leave out --after.</source>
   <translation>Take `next` of the last answer as it stands, or leave out --after.</translation>
  </message>
  <message>
   <source>Take apart</source>
   <translation>Take apart</translation>
  </message>
  <message>
   <source>Take great care with the colour of the metal: it is as described, nowhere another.</source>
   <translation>Take great care with the colour of the metal: it is as described, nowhere another.</translation>
  </message>
  <message>
   <source>Take great care with the colour of the stones: it is as described.</source>
   <translation>Take great care with the colour of the stones: it is as described.</translation>
  </message>
  <message>
   <source>Take only the piece from the reference, not the person who wears it.</source>
   <translation>Take only the piece from the reference, not the person who wears it.</translation>
  </message>
  <message>
   <source>Take this recipe to the Studio</source>
   <translation>Take this recipe to the Studio</translation>
  </message>
  <message>
   <source>Tantalum</source>
   <translation>Tantalum</translation>
  </message>
  <message>
   <source>Tanzanite</source>
   <translation>Tanzanite</translation>
  </message>
  <message>
   <source>Tapered</source>
   <translation>Tapered</translation>
  </message>
  <message>
   <source>Tapered baguette</source>
   <translation>Tapered baguette</translation>
  </message>
  <message>
   <source>Technical drawing</source>
   <translation>Technical drawing</translation>
  </message>
  <message>
   <source>Temple</source>
   <translation>Temple</translation>
  </message>
  <message>
   <source>Tennis</source>
   <translation>Tennis</translation>
  </message>
  <message>
   <source>Tension</source>
   <translation>Tension</translation>
  </message>
  <message>
   <source>Term</source>
   <translation>Term</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Test</translation>
  </message>
  <message>
   <source>Test all</source>
   <translation>Test all</translation>
  </message>
  <message>
   <source>Test {name}</source>
   <translation>Test {name}</translation>
  </message>
  <message>
   <source>Tested at {time}</source>
   <translation>Tested at {time}</translation>
  </message>
  <message>
   <source>Tested: fails</source>
   <translation>Tested: fails</translation>
  </message>
  <message>
   <source>Tested: works</source>
   <translation>Tested: works</translation>
  </message>
  <message>
   <source>Tested: works, but</source>
   <translation>Tested: works, but</translation>
  </message>
  <message>
   <source>Testing…</source>
   <translation>Testing…</translation>
  </message>
  <message>
   <source>Text of the next variant</source>
   <translation>Text of the next variant</translation>
  </message>
  <message>
   <source>Text of the variant before</source>
   <translation>Text of the variant before</translation>
  </message>
  <message>
   <source>Text of the watermark</source>
   <translation>Text of the watermark</translation>
  </message>
  <message>
   <source>Text over the images</source>
   <translation>Text over the images</translation>
  </message>
  <message>
   <source>The account's limit is reached.</source>
   <translation>The account's limit is reached.</translation>
  </message>
  <message>
   <source>The answer is too long to hand over.</source>
   <translation>The answer is too long to hand over.</translation>
  </message>
  <message>
   <source>The answer was not JSON. Answer with the JSON of the form alone.</source>
   <translation>The answer was not JSON. Answer with the JSON of the form alone.</translation>
  </message>
  <message>
   <source>The basedir is not a folder.</source>
   <translation>The basedir is not a folder.</translation>
  </message>
  <message>
   <source>The bucket answered something that is not understood.</source>
   <translation>The bucket answered something that is not understood.</translation>
  </message>
  <message>
   <source>The bucket did not take this.</source>
   <translation>The bucket did not take this.</translation>
  </message>
  <message>
   <source>The bucket does not take the keys.</source>
   <translation>The bucket does not take the keys.</translation>
  </message>
  <message>
   <source>The bucket gives back something else.</source>
   <translation>The bucket gives back something else.</translation>
  </message>
  <message>
   <source>The bucket is on this computer: services outside cannot read references from it.</source>
   <translation>The bucket is on this computer: services outside cannot read references from it.</translation>
  </message>
  <message>
   <source>The bucket takes nothing that is signed with it.</source>
   <translation>The bucket takes nothing that is signed with it.</translation>
  </message>
  <message>
   <source>The clock of this computer is wrong.</source>
   <translation>The clock of this computer is wrong.</translation>
  </message>
  <message>
   <source>The command was not understood.</source>
   <translation>The command was not understood.</translation>
  </message>
  <message>
   <source>The connection broke, or what came was not whole.</source>
   <translation>The connection broke, or what came was not whole.</translation>
  </message>
  <message>
   <source>The connection could not be made, or broke.</source>
   <translation>The connection could not be made, or broke.</translation>
  </message>
  <message>
   <source>The connections cannot be used.</source>
   <translation>The connections cannot be used.</translation>
  </message>
  <message>
   <source>The contact sheet cannot be written.</source>
   <translation>The contact sheet cannot be written.</translation>
  </message>
  <message>
   <source>The count is uncertain.</source>
   <translation>The count is uncertain.</translation>
  </message>
  <message>
   <source>The database is damaged and cannot be read whole.</source>
   <translation>The database is damaged and cannot be read whole.</translation>
  </message>
  <message>
   <source>The database is missing, but pictures are there.</source>
   <translation>The database is missing, but pictures are there.</translation>
  </message>
  <message>
   <source>The database was not made by this version of DMDX Studio.</source>
   <translation>The database was not made by this version of DMDX Studio.</translation>
  </message>
  <message>
   <source>The disk is full.</source>
   <translation>The disk is full.</translation>
  </message>
  <message>
   <source>The disk is full. Nothing is lost: what waits goes on once there is room.</source>
   <translation>The disk is full. Nothing is lost: what waits goes on once there is room.</translation>
  </message>
  <message>
   <source>The disk or the network did not deliver it.</source>
   <translation>The disk or the network did not deliver it.</translation>
  </message>
  <message>
   <source>The disk or the network drive it is on reported an error.</source>
   <translation>The disk or the network drive it is on reported an error.</translation>
  </message>
  <message>
   <source>The disk reported an error.</source>
   <translation>The disk reported an error.</translation>
  </message>
  <message>
   <source>The engine became dearer after you saw its price. Nothing was sent.</source>
   <translation>The engine became dearer after you saw its price. Nothing was sent.</translation>
  </message>
  <message>
   <source>The engine could not fetch the reference.</source>
   <translation>The engine could not fetch the reference.</translation>
  </message>
  <message>
   <source>The engine does not take it.</source>
   <translation>The engine does not take it.</translation>
  </message>
  <message>
   <source>The engine does not take this.</source>
   <translation>The engine does not take this.</translation>
  </message>
  <message>
   <source>The engine gave this picture up.</source>
   <translation>The engine gave this picture up.</translation>
  </message>
  <message>
   <source>The engine never took this picture.</source>
   <translation>The engine never took this picture.</translation>
  </message>
  <message>
   <source>The engine says it is done, and gave no picture.</source>
   <translation>The engine says it is done, and gave no picture.</translation>
  </message>
  <message>
   <source>The engine was retired, or what was made is no longer kept.</source>
   <translation>The engine was retired, or what was made is no longer kept.</translation>
  </message>
  <message>
   <source>The engine will not make this picture.</source>
   <translation>The engine will not make this picture.</translation>
  </message>
  <message>
   <source>The entry it stopped at was deleted, or the cursor was mistyped.</source>
   <translation>The entry it stopped at was deleted, or the cursor was mistyped.</translation>
  </message>
  <message>
   <source>The environment of this start says so.</source>
   <translation>The environment of this start says so.</translation>
  </message>
  <message>
   <source>The exact text of every variant</source>
   <translation>The exact text of every variant</translation>
  </message>
  <message>
   <source>The exact text that is used</source>
   <translation>The exact text that is used</translation>
  </message>
  <message>
   <source>The file</source>
   <translation>The file</translation>
  </message>
  <message>
   <source>The file cannot be read.</source>
   <translation>The file cannot be read.</translation>
  </message>
  <message>
   <source>The file could not be read.</source>
   <translation>The file could not be read.</translation>
  </message>
  <message>
   <source>The file is empty.</source>
   <translation>The file is empty.</translation>
  </message>
  <message>
   <source>The file is not a picture.</source>
   <translation>The file is not a picture.</translation>
  </message>
  <message>
   <source>The file is of a kind that cannot be used.</source>
   <translation>The file is of a kind that cannot be used.</translation>
  </message>
  <message>
   <source>The file is too large.</source>
   <translation>The file is too large.</translation>
  </message>
  <message>
   <source>The finished picture cannot be fetched.</source>
   <translation>The finished picture cannot be fetched.</translation>
  </message>
  <message>
   <source>The finished picture could not be fetched.</source>
   <translation>The finished picture could not be fetched.</translation>
  </message>
  <message>
   <source>The finished picture was not fetched.</source>
   <translation>The finished picture was not fetched.</translation>
  </message>
  <message>
   <source>The first {count} images were looked at</source>
   <translation>The first {count} images were looked at</translation>
  </message>
  <message>
   <source>The folder does not accept a new file.</source>
   <translation>The folder does not accept a new file.</translation>
  </message>
  <message>
   <source>The folder for running programs cannot be used.</source>
   <translation>The folder for running programs cannot be used.</translation>
  </message>
  <message>
   <source>The folder holds a database of another program under the same name.</source>
   <translation>The folder holds a database of another program under the same name.</translation>
  </message>
  <message>
   <source>The folder is read-only, full, or belongs to somebody else.</source>
   <translation>The folder is read-only, full, or belongs to somebody else.</translation>
  </message>
  <message>
   <source>The folder is read-only, is a file, or belongs to somebody else; the pictures are safe in the library.</source>
   <translation>The folder is read-only, is a file, or belongs to somebody else; the pictures are safe in the library.</translation>
  </message>
  <message>
   <source>The folder is read-only, or belongs to somebody else; nothing was done.</source>
   <translation>The folder is read-only, or belongs to somebody else; nothing was done.</translation>
  </message>
  <message>
   <source>The grey of the reference is the colour of the viewport, not of the metal or stones.</source>
   <translation>The grey of the reference is the colour of the viewport, not of the metal or stones.</translation>
  </message>
  <message>
   <source>The image could not be copied. Its file cannot be read.</source>
   <translation>The image could not be copied. Its file cannot be read.</translation>
  </message>
  <message>
   <source>The image does not fit into the channel's file size.</source>
   <translation>The image does not fit into the channel's file size.</translation>
  </message>
  <message>
   <source>The key comes from the environment of this start, and goes before a saved one.</source>
   <translation>The key comes from the environment of this start, and goes before a saved one.</translation>
  </message>
  <message>
   <source>The key has spent what it may.</source>
   <translation>The key has spent what it may.</translation>
  </message>
  <message>
   <source>The key may not do this.</source>
   <translation>The key may not do this.</translation>
  </message>
  <message>
   <source>The key works.</source>
   <translation>The key works.</translation>
  </message>
  <message>
   <source>The keys cannot be changed now.</source>
   <translation>The keys cannot be changed now.</translation>
  </message>
  <message>
   <source>The keys could not be kept.</source>
   <translation>The keys could not be kept.</translation>
  </message>
  <message>
   <source>The keys work.</source>
   <translation>The keys work.</translation>
  </message>
  <message>
   <source>The library cannot be read, so nothing was changed.</source>
   <translation>The library cannot be read, so nothing was changed.</translation>
  </message>
  <message>
   <source>The library cannot be written to.</source>
   <translation>The library cannot be written to.</translation>
  </message>
  <message>
   <source>The library cannot be written to. Its folder is read-only or belongs to somebody else.</source>
   <translation>The library cannot be written to. Its folder is read-only or belongs to somebody else.</translation>
  </message>
  <message>
   <source>The library could not be examined.</source>
   <translation>The library could not be examined.</translation>
  </message>
  <message>
   <source>The library could not be opened.</source>
   <translation>The library could not be opened.</translation>
  </message>
  <message>
   <source>The library could not be read or saved.</source>
   <translation>The library could not be read or saved.</translation>
  </message>
  <message>
   <source>The library could not be saved.</source>
   <translation>The library could not be saved.</translation>
  </message>
  <message>
   <source>The library is busy.</source>
   <translation>The library is busy.</translation>
  </message>
  <message>
   <source>The library is closed.</source>
   <translation>The library is closed.</translation>
  </message>
  <message>
   <source>The lines of the reference are a mesh, not engraving: close them into smooth surfaces.</source>
   <translation>The lines of the reference are a mesh, not engraving: close them into smooth surfaces.</translation>
  </message>
  <message>
   <source>The list cannot go on from there.</source>
   <translation>The list cannot go on from there.</translation>
  </message>
  <message>
   <source>The mask cannot be written there.</source>
   <translation>The mask cannot be written there.</translation>
  </message>
  <message>
   <source>The model could not read this picture.</source>
   <translation>The model could not read this picture.</translation>
  </message>
  <message>
   <source>The model will not read this picture.</source>
   <translation>The model will not read this picture.</translation>
  </message>
  <message>
   <source>The most an image may cost is a number of USD.</source>
   <translation>The most an image may cost is a number of USD.</translation>
  </message>
  <message>
   <source>The name of this file cannot be read as text.</source>
   <translation>The name of this file cannot be read as text.</translation>
  </message>
  <message>
   <source>The naming template cannot be used.</source>
   <translation>The naming template cannot be used.</translation>
  </message>
  <message>
   <source>The other one was added.</source>
   <translation>The other one was added.</translation>
  </message>
  <message>
   <source>The other {count} were added.</source>
   <translation>The other {count} were added.</translation>
  </message>
  <message>
   <source>The outline of the piece is hard to tell from what is behind it, so a draft would show parts of both.</source>
   <translation>The outline of the piece is hard to tell from what is behind it, so a draft would show parts of both.</translation>
  </message>
  <message>
   <source>The part of the program that reads them is not installed.</source>
   <translation>The part of the program that reads them is not installed.</translation>
  </message>
  <message>
   <source>The passphrase is missing.</source>
   <translation>The passphrase is missing.</translation>
  </message>
  <message>
   <source>The passphrase is too short.</source>
   <translation>The passphrase is too short.</translation>
  </message>
  <message>
   <source>The path of the library's folder is too long.</source>
   <translation>The path of the library's folder is too long.</translation>
  </message>
  <message>
   <source>The picture cannot be written.</source>
   <translation>The picture cannot be written.</translation>
  </message>
  <message>
   <source>The picture does not show the colour of the metal.</source>
   <translation>The picture does not show the colour of the metal.</translation>
  </message>
  <message>
   <source>The picture is damaged.</source>
   <translation>The picture is damaged.</translation>
  </message>
  <message>
   <source>The picture is not sharp.</source>
   <translation>The picture is not sharp.</translation>
  </message>
  <message>
   <source>The picture is not there.</source>
   <translation>The picture is not there.</translation>
  </message>
  <message>
   <source>The picture is small; fine detail will be missing.</source>
   <translation>The picture is small; fine detail will be missing.</translation>
  </message>
  <message>
   <source>The picture is stored in a way that cannot be used.</source>
   <translation>The picture is stored in a way that cannot be used.</translation>
  </message>
  <message>
   <source>The picture is too large.</source>
   <translation>The picture is too large.</translation>
  </message>
  <message>
   <source>The picture is too narrow.</source>
   <translation>The picture is too narrow.</translation>
  </message>
  <message>
   <source>The picture is too small.</source>
   <translation>The picture is too small.</translation>
  </message>
  <message>
   <source>The picture is very dark.</source>
   <translation>The picture is very dark.</translation>
  </message>
  <message>
   <source>The picture needs too much memory.</source>
   <translation>The picture needs too much memory.</translation>
  </message>
  <message>
   <source>The picture shows more than one piece.</source>
   <translation>The picture shows more than one piece.</translation>
  </message>
  <message>
   <source>The picture stays with the service for seven days; see its website, or tell its support.</source>
   <translation>The picture stays with the service for seven days; see its website, or tell its support.</translation>
  </message>
  <message>
   <source>The picture was made by AI and may differ from the real piece.</source>
   <translation>The picture was made by AI and may differ from the real piece.</translation>
  </message>
  <message>
   <source>The picture was replaced. The one before stays as another view of the piece.</source>
   <translation>The picture was replaced. The one before stays as another view of the piece.</translation>
  </message>
  <message>
   <source>The pictures cannot be written there.</source>
   <translation>The pictures cannot be written there.</translation>
  </message>
  <message>
   <source>The piece is cut off by the edge of this picture.</source>
   <translation>The piece is cut off by the edge of this picture.</translation>
  </message>
  <message>
   <source>The piece reaches the edge of the picture.</source>
   <translation>The piece reaches the edge of the picture.</translation>
  </message>
  <message>
   <source>The pieces differ</source>
   <translation>The pieces differ</translation>
  </message>
  <message>
   <source>The preset needs a name.</source>
   <translation>The preset needs a name.</translation>
  </message>
  <message>
   <source>The preset was not saved.</source>
   <translation>The preset was not saved.</translation>
  </message>
  <message>
   <source>The price cannot be asked: WaveSpeed cannot be reached.</source>
   <translation>The price cannot be asked: WaveSpeed cannot be reached.</translation>
  </message>
  <message>
   <source>The price is being asked</source>
   <translation>The price is being asked</translation>
  </message>
  <message>
   <source>The process that had it open answered nonsense.</source>
   <translation>The process that had it open answered nonsense.</translation>
  </message>
  <message>
   <source>The process that opened it answered nonsense.</source>
   <translation>The process that opened it answered nonsense.</translation>
  </message>
  <message>
   <source>The process that opened it ended before it was done.</source>
   <translation>The process that opened it ended before it was done.</translation>
  </message>
  <message>
   <source>The process that opens pictures does not start.</source>
   <translation>The process that opens pictures does not start.</translation>
  </message>
  <message>
   <source>The program is ending, or the bucket was changed.</source>
   <translation>The program is ending, or the bucket was changed.</translation>
  </message>
  <message>
   <source>The program is ending.</source>
   <translation>The program is ending.</translation>
  </message>
  <message>
   <source>The prompt is too long for this engine.</source>
   <translation>The prompt is too long for this engine.</translation>
  </message>
  <message>
   <source>The reading of this computer stands.</source>
   <translation>The reading of this computer stands.</translation>
  </message>
  <message>
   <source>The reference is a CAD render, and its geometry is exact: keep every outline, proportion, stone position and claw as modelled, and replace the rendered surfaces with real materials.</source>
   <translation>The reference is a CAD render, and its geometry is exact: keep every outline, proportion, stone position and claw as modelled, and replace the rendered surfaces with real materials.</translation>
  </message>
  <message>
   <source>The reference is a drawing: keep its design, outlines, proportions and stone layout, read its strokes as the edges of a real piece, and add no ornament that is not drawn.</source>
   <translation>The reference is a drawing: keep its design, outlines, proportions and stone layout, read its strokes as the edges of a real piece, and add no ornament that is not drawn.</translation>
  </message>
  <message>
   <source>The reference is a photograph of an existing piece: preserve the piece exactly, with every proportion, stone, claw, engraving and joint as it is.</source>
   <translation>The reference is a photograph of an existing piece: preserve the piece exactly, with every proportion, stone, claw, engraving and joint as it is.</translation>
  </message>
  <message>
   <source>The reference is missing from the library.</source>
   <translation>The reference is missing from the library.</translation>
  </message>
  <message>
   <source>The reference shows a wax or resin model: the shape is true, the material is not.</source>
   <translation>The reference shows a wax or resin model: the shape is true, the material is not.</translation>
  </message>
  <message>
   <source>The result could not be written.</source>
   <translation>The result could not be written.</translation>
  </message>
  <message>
   <source>The saved keys are locked. Unlock them with your passphrase, or sign in to the keychain of this computer and start DMDX Studio once more.</source>
   <translation>The saved keys are locked. Unlock them with your passphrase, or sign in to the keychain of this computer and start DMDX Studio once more.</translation>
  </message>
  <message>
   <source>The saved keys cannot be read any more: what opened them is gone from the keychain, or their file is damaged. Nothing else is lost. Give the keys once more below.</source>
   <translation>The saved keys cannot be read any more: what opened them is gone from the keychain, or their file is damaged. Nothing else is lost. Give the keys once more below.</translation>
  </message>
  <message>
   <source>The search index does not match the pieces.</source>
   <translation>The search index does not match the pieces.</translation>
  </message>
  <message>
   <source>The service named an address that is not safe to open.</source>
   <translation>The service named an address that is not safe to open.</translation>
  </message>
  <message>
   <source>The service no longer has this picture.</source>
   <translation>The service no longer has this picture.</translation>
  </message>
  <message>
   <source>The service says that it made it, and does not give it out.</source>
   <translation>The service says that it made it, and does not give it out.</translation>
  </message>
  <message>
   <source>The service's storage did not take it.</source>
   <translation>The service's storage did not take it.</translation>
  </message>
  <message>
   <source>The settings cannot be used.</source>
   <translation>The settings cannot be used.</translation>
  </message>
  <message>
   <source>The store of previews is damaged.</source>
   <translation>The store of previews is damaged.</translation>
  </message>
  <message>
   <source>The two are not the same. Type it twice.</source>
   <translation>The two are not the same. Type it twice.</translation>
  </message>
  <message>
   <source>The two parts of DMDX do not understand each other.</source>
   <translation>The two parts of DMDX do not understand each other.</translation>
  </message>
  <message>
   <source>The two versions cannot work on it together.</source>
   <translation>The two versions cannot work on it together.</translation>
  </message>
  <message>
   <source>The upload was stopped.</source>
   <translation>The upload was stopped.</translation>
  </message>
  <message>
   <source>The value is not one of those there are.</source>
   <translation>The value is not one of those there are.</translation>
  </message>
  <message>
   <source>The vault is locked. Unlock it above and try again, or use the key until the program ends.</source>
   <translation>The vault is locked. Unlock it above and try again, or use the key until the program ends.</translation>
  </message>
  <message>
   <source>The vault is to be locked with one.</source>
   <translation>The vault is to be locked with one.</translation>
  </message>
  <message>
   <source>The vault stays locked.</source>
   <translation>The vault stays locked.</translation>
  </message>
  <message>
   <source>The vault they are in is locked.</source>
   <translation>The vault they are in is locked.</translation>
  </message>
  <message>
   <source>The vision model gave no usable answer.</source>
   <translation>The vision model gave no usable answer.</translation>
  </message>
  <message>
   <source>The vision model will not read this picture.</source>
   <translation>The vision model will not read this picture.</translation>
  </message>
  <message>
   <source>The window cannot be shown.</source>
   <translation>The window cannot be shown.</translation>
  </message>
  <message>
   <source>The word Draft</source>
   <translation>The word Draft</translation>
  </message>
  <message>
   <source>The work itself is done and saved; look at it with `dmdx-desktop jobs` and `outputs`.</source>
   <translation>The work itself is done and saved; look at it with `dmdx-desktop jobs` and `outputs`.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Theme</translation>
  </message>
  <message>
   <source>There are no pictures in this folder.</source>
   <translation>There are no pictures in this folder.</translation>
  </message>
  <message>
   <source>There are several pieces in this picture.</source>
   <translation>There are several pieces in this picture.</translation>
  </message>
  <message>
   <source>There is a collection of this name.</source>
   <translation>There is a collection of this name.</translation>
  </message>
  <message>
   <source>There is a file where the library should be.</source>
   <translation>There is a file where the library should be.</translation>
  </message>
  <message>
   <source>There is a file where their folder should be.</source>
   <translation>There is a file where their folder should be.</translation>
  </message>
  <message>
   <source>There is a folder of this name.</source>
   <translation>There is a folder of this name.</translation>
  </message>
  <message>
   <source>There is a hand or a face in this picture.</source>
   <translation>There is a hand or a face in this picture.</translation>
  </message>
  <message>
   <source>There is a recipe of this name.</source>
   <translation>There is a recipe of this name.</translation>
  </message>
  <message>
   <source>There is no bucket to copy to.</source>
   <translation>There is no bucket to copy to.</translation>
  </message>
  <message>
   <source>There is no credit left at OpenRouter.</source>
   <translation>There is no credit left at OpenRouter.</translation>
  </message>
  <message>
   <source>There is no credit left; nothing is made until some is added.</source>
   <translation>There is no credit left; nothing is made until some is added.</translation>
  </message>
  <message>
   <source>There is no file of that name.</source>
   <translation>There is no file of that name.</translation>
  </message>
  <message>
   <source>There is no library here.</source>
   <translation>There is no library here.</translation>
  </message>
  <message>
   <source>There is no reference from this side.</source>
   <translation>There is no reference from this side.</translation>
  </message>
  <message>
   <source>There is no room for another picture.</source>
   <translation>There is no room for another picture.</translation>
  </message>
  <message>
   <source>There is no room left in the folder that holds the library.</source>
   <translation>There is no room left in the folder that holds the library.</translation>
  </message>
  <message>
   <source>There is no room left in the folder the pictures go to; they are safe in the library.</source>
   <translation>There is no room left in the folder the pictures go to; they are safe in the library.</translation>
  </message>
  <message>
   <source>There is no screen here.</source>
   <translation>There is no screen here.</translation>
  </message>
  <message>
   <source>There is no such bucket.</source>
   <translation>There is no such bucket.</translation>
  </message>
  <message>
   <source>There is no such picture.</source>
   <translation>There is no such picture.</translation>
  </message>
  <message>
   <source>There is no such piece.</source>
   <translation>There is no such piece.</translation>
  </message>
  <message>
   <source>There is not enough room for the next pictures; those that were added are safe.</source>
   <translation>There is not enough room for the next pictures; those that were added are safe.</translation>
  </message>
  <message>
   <source>There is nothing at this path.</source>
   <translation>There is nothing at this path.</translation>
  </message>
  <message>
   <source>There is room for {count} stand-ins.</source>
   <translation>There is room for {count} stand-ins.</translation>
  </message>
  <message>
   <source>There is too little credit for this reading.</source>
   <translation>There is too little credit for this reading.</translation>
  </message>
  <message>
   <source>There is too little credit left at WaveSpeed.</source>
   <translation>There is too little credit left at WaveSpeed.</translation>
  </message>
  <message>
   <source>These are too many files for one import.</source>
   <translation>These are too many files for one import.</translation>
  </message>
  <message>
   <source>These images were made by different recipes</source>
   <translation>These images were made by different recipes</translation>
  </message>
  <message>
   <source>They are mistyped, have expired, or may not do this.</source>
   <translation>They are mistyped, have expired, or may not do this.</translation>
  </message>
  <message>
   <source>They are still locked: they were saved with the keychain of this computer, which does not answer. Sign in to it, then start DMDX Studio once more.</source>
   <translation>They are still locked: they were saved with the keychain of this computer, which does not answer. Sign in to it, then start DMDX Studio once more.</translation>
  </message>
  <message>
   <source>They may be of different versions.</source>
   <translation>They may be of different versions.</translation>
  </message>
  <message>
   <source>This address cannot be used.</source>
   <translation>This address cannot be used.</translation>
  </message>
  <message>
   <source>This cannot be said of a piece.</source>
   <translation>This cannot be said of a piece.</translation>
  </message>
  <message>
   <source>This cannot be used yet.</source>
   <translation>This cannot be used yet.</translation>
  </message>
  <message>
   <source>This channel refuses images with text on them: leave the watermark off</source>
   <translation>This channel refuses images with text on them: leave the watermark off</translation>
  </message>
  <message>
   <source>This computer</source>
   <translation>This computer</translation>
  </message>
  <message>
   <source>This computer has no keychain that answers, and keys are never kept in plain text.</source>
   <translation>This computer has no keychain that answers, and keys are never kept in plain text.</translation>
  </message>
  <message>
   <source>This computer has no keychain that answers, and keys are never kept in plain text. Choose a passphrase to lock them with, or use the key until the program ends.</source>
   <translation>This computer has no keychain that answers, and keys are never kept in plain text. Choose a passphrase to lock them with, or use the key until the program ends.</translation>
  </message>
  <message>
   <source>This computer has no keychain that answers, so the key could not be kept. Sign in once more: it is used until the program ends then.</source>
   <translation>This computer has no keychain that answers, so the key could not be kept. Sign in once more: it is used until the program ends then.</translation>
  </message>
  <message>
   <source>This computer lets no program wait for the browser. Paste a key instead.</source>
   <translation>This computer lets no program wait for the browser. Paste a key instead.</translation>
  </message>
  <message>
   <source>This engine cannot make these pictures.</source>
   <translation>This engine cannot make these pictures.</translation>
  </message>
  <message>
   <source>This engine is no longer offered.</source>
   <translation>This engine is no longer offered.</translation>
  </message>
  <message>
   <source>This file or folder cannot be read.</source>
   <translation>This file or folder cannot be read.</translation>
  </message>
  <message>
   <source>This folder holds none, and nothing was made in it.</source>
   <translation>This folder holds none, and nothing was made in it.</translation>
  </message>
  <message>
   <source>This folder lies too deep.</source>
   <translation>This folder lies too deep.</translation>
  </message>
  <message>
   <source>This format loses nothing, so it has no quality.</source>
   <translation>This format loses nothing, so it has no quality.</translation>
  </message>
  <message>
   <source>This is a 3D file, not a picture.</source>
   <translation>This is a 3D file, not a picture.</translation>
  </message>
  <message>
   <source>This is a camera raw file, which has to be developed first.</source>
   <translation>This is a camera raw file, which has to be developed first.</translation>
  </message>
  <message>
   <source>This is a document, not a picture.</source>
   <translation>This is a document, not a picture.</translation>
  </message>
  <message>
   <source>This is a file with layers that only its own program can put together.</source>
   <translation>This is a file with layers that only its own program can put together.</translation>
  </message>
  <message>
   <source>This is a vector drawing, not a picture made of pixels.</source>
   <translation>This is a vector drawing, not a picture made of pixels.</translation>
  </message>
  <message>
   <source>This is a video or another media file, not a still picture.</source>
   <translation>This is a video or another media file, not a still picture.</translation>
  </message>
  <message>
   <source>This is no amount.</source>
   <translation>This is no amount.</translation>
  </message>
  <message>
   <source>This is no amount. Write a number of USD, for example 50.</source>
   <translation>This is no amount. Write a number of USD, for example 50.</translation>
  </message>
  <message>
   <source>This is no amount. Write a number of megabytes, for example 2.</source>
   <translation>This is no amount. Write a number of megabytes, for example 2.</translation>
  </message>
  <message>
   <source>This is no limit.</source>
   <translation>This is no limit.</translation>
  </message>
  <message>
   <source>This is not a file.</source>
   <translation>This is not a file.</translation>
  </message>
  <message>
   <source>This is not its passphrase.</source>
   <translation>This is not its passphrase.</translation>
  </message>
  <message>
   <source>This key cannot be used.</source>
   <translation>This key cannot be used.</translation>
  </message>
  <message>
   <source>This key may not ask for the account's balance, which is usual.</source>
   <translation>This key may not ask for the account's balance, which is usual.</translation>
  </message>
  <message>
   <source>This kind of picture is not opened.</source>
   <translation>This kind of picture is not opened.</translation>
  </message>
  <message>
   <source>This month's budget is used up.</source>
   <translation>This month's budget is used up.</translation>
  </message>
  <message>
   <source>This month’s budget is used up. Nothing more is sent until next month, a larger budget, or your word.</source>
   <translation>This month’s budget is used up. Nothing more is sent until next month, a larger budget, or your word.</translation>
  </message>
  <message>
   <source>This needs {total}; {left} of the month's budget is left.</source>
   <translation>This needs {total}; {left} of the month's budget is left.</translation>
  </message>
  <message>
   <source>This path cannot be used.</source>
   <translation>This path cannot be used.</translation>
  </message>
  <message>
   <source>This path leads to another computer.</source>
   <translation>This path leads to another computer.</translation>
  </message>
  <message>
   <source>This picture cannot be shown.</source>
   <translation>This picture cannot be shown.</translation>
  </message>
  <message>
   <source>This picture could not be opened safely.</source>
   <translation>This picture could not be opened safely.</translation>
  </message>
  <message>
   <source>This picture could not be worked on safely.</source>
   <translation>This picture could not be worked on safely.</translation>
  </message>
  <message>
   <source>This picture has no reference any more.</source>
   <translation>This picture has no reference any more.</translation>
  </message>
  <message>
   <source>This picture is in the library already. Choose another file.</source>
   <translation>This picture is in the library already. Choose another file.</translation>
  </message>
  <message>
   <source>This picture is too large for the model.</source>
   <translation>This picture is too large for the model.</translation>
  </message>
  <message>
   <source>This picture is too small for the size asked for.</source>
   <translation>This picture is too small for the size asked for.</translation>
  </message>
  <message>
   <source>This piece has no picture that can be used.</source>
   <translation>This piece has no picture that can be used.</translation>
  </message>
  <message>
   <source>This program's own files: PNG, sRGB</source>
   <translation>This program's own files: PNG, sRGB</translation>
  </message>
  <message>
   <source>This removes the images from every place we keep them. The reference stays.</source>
   <translation>This removes the images from every place we keep them. The reference stays.</translation>
  </message>
  <message>
   <source>This removes the piece and everything made from it, from every place we keep it:</source>
   <translation>This removes the piece and everything made from it, from every place we keep it:</translation>
  </message>
  <message>
   <source>This removes the pieces and everything made from them, from every place we keep it:</source>
   <translation>This removes the pieces and everything made from them, from every place we keep it:</translation>
  </message>
  <message>
   <source>This scene cannot be made on this computer.</source>
   <translation>This scene cannot be made on this computer.</translation>
  </message>
  <message>
   <source>This scene needs a paid engine.</source>
   <translation>This scene needs a paid engine.</translation>
  </message>
  <message>
   <source>This text is yours: changes of piece and recipe no longer reach it.</source>
   <translation>This text is yours: changes of piece and recipe no longer reach it.</translation>
  </message>
  <message>
   <source>This vision model cannot be used.</source>
   <translation>This vision model cannot be used.</translation>
  </message>
  <message>
   <source>This vision model is no longer offered.</source>
   <translation>This vision model is no longer offered.</translation>
  </message>
  <message>
   <source>Threader</source>
   <translation>Threader</translation>
  </message>
  <message>
   <source>Three-quarter</source>
   <translation>Three-quarter</translation>
  </message>
  <message>
   <source>Three-stone</source>
   <translation>Three-stone</translation>
  </message>
  <message>
   <source>Three-tone</source>
   <translation>Three-tone</translation>
  </message>
  <message>
   <source>Thumbnails of 1 picture</source>
   <translation>Thumbnails of 1 picture</translation>
  </message>
  <message>
   <source>Thumbnails of {count} pictures</source>
   <translation>Thumbnails of {count} pictures</translation>
  </message>
  <message>
   <source>Tiara</source>
   <translation>Tiara</translation>
  </message>
  <message>
   <source>Tie</source>
   <translation>Tie</translation>
  </message>
  <message>
   <source>Tie bar</source>
   <translation>Tie bar</translation>
  </message>
  <message>
   <source>Tie pin</source>
   <translation>Tie pin</translation>
  </message>
  <message>
   <source>Tiger's eye</source>
   <translation>Tiger's eye</translation>
  </message>
  <message>
   <source>Time left</source>
   <translation>Time left</translation>
  </message>
  <message>
   <source>Titanium</source>
   <translation>Titanium</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Title</translation>
  </message>
  <message>
   <source>Title and description</source>
   <translation>Title and description</translation>
  </message>
  <message>
   <source>To check</source>
   <translation>To check</translation>
  </message>
  <message>
   <source>Today</source>
   <translation>Today</translation>
  </message>
  <message>
   <source>Toe</source>
   <translation>Toe</translation>
  </message>
  <message>
   <source>Toe ring</source>
   <translation>Toe ring</translation>
  </message>
  <message>
   <source>Toggle</source>
   <translation>Toggle</translation>
  </message>
  <message>
   <source>Toi et moi</source>
   <translation>Toi et moi</translation>
  </message>
  <message>
   <source>Too much was asked in a short time.</source>
   <translation>Too much was asked in a short time.</translation>
  </message>
  <message>
   <source>Too much would be spent within an hour.</source>
   <translation>Too much would be spent within an hour.</translation>
  </message>
  <message>
   <source>Top</source>
   <translation>Top</translation>
  </message>
  <message>
   <source>Top left</source>
   <translation>Top left</translation>
  </message>
  <message>
   <source>Top right</source>
   <translation>Top right</translation>
  </message>
  <message>
   <source>Topaz</source>
   <translation>Topaz</translation>
  </message>
  <message>
   <source>Tourmaline</source>
   <translation>Tourmaline</translation>
  </message>
  <message>
   <source>Trace</source>
   <translation>Trace</translation>
  </message>
  <message>
   <source>Transparent</source>
   <translation>Transparent</translation>
  </message>
  <message>
   <source>Treatment</source>
   <translation>Treatment</translation>
  </message>
  <message>
   <source>Trellis</source>
   <translation>Trellis</translation>
  </message>
  <message>
   <source>Trillion</source>
   <translation>Trillion</translation>
  </message>
  <message>
   <source>True to the reference?</source>
   <translation>True to the reference?</translation>
  </message>
  <message>
   <source>Truest to stones and settings, up to 4K</source>
   <translation>Truest to stones and settings, up to 4K</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Try again</translation>
  </message>
  <message>
   <source>Try again once you are online.</source>
   <translation>Try again once you are online.</translation>
  </message>
  <message>
   <source>Try again.</source>
   <translation>Try again.</translation>
  </message>
  <message>
   <source>Try again; if it happens again, send us the log.</source>
   <translation>Try again; if it happens again, send us the log.</translation>
  </message>
  <message>
   <source>Try again; if it happens again, tell us what you did.</source>
   <translation>Try again; if it happens again, tell us what you did.</translation>
  </message>
  <message>
   <source>Try again; if it is forgotten, remove the connections and give their keys anew.</source>
   <translation>Try again; if it is forgotten, remove the connections and give their keys anew.</translation>
  </message>
  <message>
   <source>Try again; if it stays, choose another engine or size.</source>
   <translation>Try again; if it stays, choose another engine or size.</translation>
  </message>
  <message>
   <source>Try every part of the installation in a temporary folder: picture formats, database, engines, one draft.</source>
   <translation>Try every part of the installation in a temporary folder: picture formats, database, engines, one draft.</translation>
  </message>
  <message>
   <source>Try with sample pieces</source>
   <translation>Try with sample pieces</translation>
  </message>
  <message>
   <source>Tulip</source>
   <translation>Tulip</translation>
  </message>
  <message>
   <source>Tungsten</source>
   <translation>Tungsten</translation>
  </message>
  <message>
   <source>Turquoise</source>
   <translation>Turquoise</translation>
  </message>
  <message>
   <source>Twisted</source>
   <translation>Twisted</translation>
  </message>
  <message>
   <source>Twisted curb</source>
   <translation>Twisted curb</translation>
  </message>
  <message>
   <source>Two-tone</source>
   <translation>Two-tone</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Type</translation>
  </message>
  <message>
   <source>Type another name.</source>
   <translation>Type another name.</translation>
  </message>
  <message>
   <source>Type the passphrase first.</source>
   <translation>Type the passphrase first.</translation>
  </message>
  <message>
   <source>USD</source>
   <translation>USD</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Undo</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>Unknown</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>Unlock</translation>
  </message>
  <message>
   <source>Unlock it with its passphrase, or sign in to the keychain of this computer.</source>
   <translation>Unlock it with its passphrase, or sign in to the keychain of this computer.</translation>
  </message>
  <message>
   <source>Unrated</source>
   <translation>Unrated</translation>
  </message>
  <message>
   <source>Unrecognized key</source>
   <translation>Unrecognized key</translation>
  </message>
  <message>
   <source>Until the program ends</source>
   <translation>Until the program ends</translation>
  </message>
  <message>
   <source>Up to {most} images go at once. Export more of them instead.</source>
   <translation>Up to {most} images go at once. Export more of them instead.</translation>
  </message>
  <message>
   <source>Up to {most} images go on one contact sheet.</source>
   <translation>Up to {most} images go on one contact sheet.</translation>
  </message>
  <message>
   <source>Uploading</source>
   <translation>Uploading</translation>
  </message>
  <message>
   <source>Upper arm</source>
   <translation>Upper arm</translation>
  </message>
  <message>
   <source>Use a picture with a plain background that differs from the piece.</source>
   <translation>Use a picture with a plain background that differs from the piece.</translation>
  </message>
  <message>
   <source>Use a smaller one.</source>
   <translation>Use a smaller one.</translation>
  </message>
  <message>
   <source>Use again</source>
   <translation>Use again</translation>
  </message>
  <message>
   <source>Use drafts</source>
   <translation>Use drafts</translation>
  </message>
  <message>
   <source>Use it here</source>
   <translation>Use it here</translation>
  </message>
  <message>
   <source>Use recipe again</source>
   <translation>Use recipe again</translation>
  </message>
  <message>
   <source>Use the made text</source>
   <translation>Use the made text</translation>
  </message>
  <message>
   <source>Use this engine</source>
   <translation>Use this engine</translation>
  </message>
  <message>
   <source>Use until the program ends</source>
   <translation>Use until the program ends</translation>
  </message>
  <message>
   <source>Use {engine}</source>
   <translation>Use {engine}</translation>
  </message>
  <message>
   <source>Usual size of a 4:5 post, not compared with a platform's own page</source>
   <translation>Usual size of a 4:5 post, not compared with a platform's own page</translation>
  </message>
  <message>
   <source>Usual size of a 9:16 story, not compared with a platform's own page</source>
   <translation>Usual size of a 9:16 story, not compared with a platform's own page</translation>
  </message>
  <message>
   <source>Value error, </source>
   <translation>Value error, </translation>
  </message>
  <message>
   <source>Velvet</source>
   <translation>Velvet</translation>
  </message>
  <message>
   <source>Venetian (box)</source>
   <translation>Venetian (box)</translation>
  </message>
  <message>
   <source>Vermeil</source>
   <translation>Vermeil</translation>
  </message>
  <message>
   <source>Victorian</source>
   <translation>Victorian</translation>
  </message>
  <message>
   <source>View</source>
   <translation>View</translation>
  </message>
  <message>
   <source>Views</source>
   <translation>Views</translation>
  </message>
  <message>
   <source>Views of this piece</source>
   <translation>Views of this piece</translation>
  </message>
  <message>
   <source>Vintage-inspired</source>
   <translation>Vintage-inspired</translation>
  </message>
  <message>
   <source>Waist</source>
   <translation>Waist</translation>
  </message>
  <message>
   <source>Waist chain</source>
   <translation>Waist chain</translation>
  </message>
  <message>
   <source>Wait a moment and try again, or end that program.</source>
   <translation>Wait a moment and try again, or end that program.</translation>
  </message>
  <message>
   <source>Waiting</source>
   <translation>Waiting</translation>
  </message>
  <message>
   <source>Waiting for a key</source>
   <translation>Waiting for a key</translation>
  </message>
  <message>
   <source>Waiting for credit</source>
   <translation>Waiting for credit</translation>
  </message>
  <message>
   <source>Waiting for the browser. Allow DMDX Studio there; this page goes on by itself, for ten minutes.</source>
   <translation>Waiting for the browser. Allow DMDX Studio there; this page goes on by itself, for ten minutes.</translation>
  </message>
  <message>
   <source>Waiting for the network</source>
   <translation>Waiting for the network</translation>
  </message>
  <message>
   <source>Waiting {count}</source>
   <translation>Waiting {count}</translation>
  </message>
  <message>
   <source>Warm</source>
   <translation>Warm</translation>
  </message>
  <message>
   <source>Watch</source>
   <translation>Watch</translation>
  </message>
  <message>
   <source>Watermark</source>
   <translation>Watermark</translation>
  </message>
  <message>
   <source>WaveSpeed</source>
   <translation>WaveSpeed</translation>
  </message>
  <message>
   <source>WaveSpeed answered something that is not understood.</source>
   <translation>WaveSpeed answered something that is not understood.</translation>
  </message>
  <message>
   <source>WaveSpeed cannot be reached.</source>
   <translation>WaveSpeed cannot be reached.</translation>
  </message>
  <message>
   <source>WaveSpeed does not know this.</source>
   <translation>WaveSpeed does not know this.</translation>
  </message>
  <message>
   <source>WaveSpeed does not take the key.</source>
   <translation>WaveSpeed does not take the key.</translation>
  </message>
  <message>
   <source>WaveSpeed has retired it.</source>
   <translation>WaveSpeed has retired it.</translation>
  </message>
  <message>
   <source>WaveSpeed has trouble.</source>
   <translation>WaveSpeed has trouble.</translation>
  </message>
  <message>
   <source>WaveSpeed key</source>
   <translation>WaveSpeed key</translation>
  </message>
  <message>
   <source>WaveSpeed refuses it for this key or this model.</source>
   <translation>WaveSpeed refuses it for this key or this model.</translation>
  </message>
  <message>
   <source>WaveSpeed takes no more just now.</source>
   <translation>WaveSpeed takes no more just now.</translation>
  </message>
  <message>
   <source>WaveSpeed’s own upload</source>
   <translation>WaveSpeed’s own upload</translation>
  </message>
  <message>
   <source>Web shop</source>
   <translation>Web shop</translation>
  </message>
  <message>
   <source>WebP</source>
   <translation>WebP</translation>
  </message>
  <message>
   <source>WebP for the web</source>
   <translation>WebP for the web</translation>
  </message>
  <message>
   <source>Wedding</source>
   <translation>Wedding</translation>
  </message>
  <message>
   <source>Wedding band</source>
   <translation>Wedding band</translation>
  </message>
  <message>
   <source>What arrived in the folder is not what was written.</source>
   <translation>What arrived in the folder is not what was written.</translation>
  </message>
  <message>
   <source>What happened</source>
   <translation>What happened</translation>
  </message>
  <message>
   <source>What is left at OpenRouter is less than one reading may cost.</source>
   <translation>What is left at OpenRouter is less than one reading may cost.</translation>
  </message>
  <message>
   <source>What it cost comes back within about three hours.</source>
   <translation>What it cost comes back within about three hours.</translation>
  </message>
  <message>
   <source>What services may cost. They bill you directly; this computer stops before they cost more.</source>
   <translation>What services may cost. They bill you directly; this computer stops before they cost more.</translation>
  </message>
  <message>
   <source>What the recipe makes stays as it is.</source>
   <translation>What the recipe makes stays as it is.</translation>
  </message>
  <message>
   <source>What was written is not found again.</source>
   <translation>What was written is not found again.</translation>
  </message>
  <message>
   <source>What was written was not what was read.</source>
   <translation>What was written was not what was read.</translation>
  </message>
  <message>
   <source>What you add is sent to {service} to be read: small, without its name and without private data. The samples are read on this computer.</source>
   <translation>What you add is sent to {service} to be read: small, without its name and without private data. The samples are read on this computer.</translation>
  </message>
  <message>
   <source>Wheat (espiga)</source>
   <translation>Wheat (espiga)</translation>
  </message>
  <message>
   <source>When</source>
   <translation>When</translation>
  </message>
  <message>
   <source>When the window closes</source>
   <translation>When the window closes</translation>
  </message>
  <message>
   <source>When the window closes while images are being made</source>
   <translation>When the window closes while images are being made</translation>
  </message>
  <message>
   <source>Where an image is focused</source>
   <translation>Where an image is focused</translation>
  </message>
  <message>
   <source>Where references lie while an image is made of them, and copies of images. A bucket is optional.</source>
   <translation>Where references lie while an image is made of them, and copies of images. A bucket is optional.</translation>
  </message>
  <message>
   <source>Where your work runs and who pays for it. You can change this at any time; nothing already made is lost.</source>
   <translation>Where your work runs and who pays for it. You can change this at any time; nothing already made is lost.</translation>
  </message>
  <message>
   <source>Whether there is such an engine can only be looked up online.</source>
   <translation>Whether there is such an engine can only be looked up online.</translation>
  </message>
  <message>
   <source>White</source>
   <translation>White</translation>
  </message>
  <message>
   <source>White gold</source>
   <translation>White gold</translation>
  </message>
  <message>
   <source>Wide 16:9</source>
   <translation>Wide 16:9</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Window</translation>
  </message>
  <message>
   <source>Wine</source>
   <translation>Wine</translation>
  </message>
  <message>
   <source>Wire wrap</source>
   <translation>Wire wrap</translation>
  </message>
  <message>
   <source>Wireframe</source>
   <translation>Wireframe</translation>
  </message>
  <message>
   <source>With images</source>
   <translation>With images</translation>
  </message>
  <message>
   <source>Within the budget</source>
   <translation>Within the budget</translation>
  </message>
  <message>
   <source>Without any connection</source>
   <translation>Without any connection</translation>
  </message>
  <message>
   <source>Wood</source>
   <translation>Wood</translation>
  </message>
  <message>
   <source>Work goes on by itself once it answers again.</source>
   <translation>Work goes on by itself once it answers again.</translation>
  </message>
  <message>
   <source>Work goes on by itself once it does.</source>
   <translation>Work goes on by itself once it does.</translation>
  </message>
  <message>
   <source>Work goes on by itself.</source>
   <translation>Work goes on by itself.</translation>
  </message>
  <message>
   <source>Work goes on by itself; if this stays, look at the address in Settings, Connections.</source>
   <translation>Work goes on by itself; if this stays, look at the address in Settings, Connections.</translation>
  </message>
  <message>
   <source>Work goes on by itself; if this stays, look at the endpoint in Settings, Connections.</source>
   <translation>Work goes on by itself; if this stays, look at the endpoint in Settings, Connections.</translation>
  </message>
  <message>
   <source>Work is waiting for a picture that is gone.</source>
   <translation>Work is waiting for a picture that is gone.</translation>
  </message>
  <message>
   <source>Workspaces</source>
   <translation>Workspaces</translation>
  </message>
  <message>
   <source>Wrist</source>
   <translation>Wrist</translation>
  </message>
  <message>
   <source>Yellow</source>
   <translation>Yellow</translation>
  </message>
  <message>
   <source>Yellow gold</source>
   <translation>Yellow gold</translation>
  </message>
  <message>
   <source>Yesterday</source>
   <translation>Yesterday</translation>
  </message>
  <message>
   <source>You</source>
   <translation>You</translation>
  </message>
  <message>
   <source>You can close this window and go back to DMDX Studio.</source>
   <translation>You can close this window and go back to DMDX Studio.</translation>
  </message>
  <message>
   <source>You can undo for 10 seconds. After that it is gone for good.</source>
   <translation>You can undo for 10 seconds. After that it is gone for good.</translation>
  </message>
  <message>
   <source>You can undo for {count} seconds.</source>
   <translation>You can undo for {count} seconds.</translation>
  </message>
  <message>
   <source>You do not have permission to open it.</source>
   <translation>You do not have permission to open it.</translation>
  </message>
  <message>
   <source>You may not have the right to open it, or the disk it lies on is gone.</source>
   <translation>You may not have the right to open it, or the disk it lies on is gone.</translation>
  </message>
  <message>
   <source>You said so</source>
   <translation>You said so</translation>
  </message>
  <message>
   <source>You said so. No reading changes it.</source>
   <translation>You said so. No reading changes it.</translation>
  </message>
  <message>
   <source>Your checklist. AI images can change details. Check before you publish.</source>
   <translation>Your checklist. AI images can change details. Check before you publish.</translation>
  </message>
  <message>
   <source>Your list</source>
   <translation>Your list</translation>
  </message>
  <message>
   <source>Your own preset</source>
   <translation>Your own preset</translation>
  </message>
  <message>
   <source>Your own preset, made from {name}</source>
   <translation>Your own preset, made from {name}</translation>
  </message>
  <message>
   <source>Zero data retention only</source>
   <translation>Zero data retention only</translation>
  </message>
  <message>
   <source>Zircon</source>
   <translation>Zircon</translation>
  </message>
  <message>
   <source>Zl</source>
   <translation>Zl</translation>
  </message>
  <message>
   <source>Zoom and pan linked</source>
   <translation>Zoom and pan linked</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Zoom in</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Zoom out</translation>
  </message>
  <message>
   <source>Zp</source>
   <translation>Zp</translation>
  </message>
  <message>
   <source>about a minute</source>
   <translation>about a minute</translation>
  </message>
  <message>
   <source>about a minute left</source>
   <translation>about a minute left</translation>
  </message>
  <message>
   <source>about {count} hours left</source>
   <translation>about {count} hours left</translation>
  </message>
  <message>
   <source>about {count} minutes left</source>
   <translation>about {count} minutes left</translation>
  </message>
  <message>
   <source>all</source>
   <translation>all</translation>
  </message>
  <message>
   <source>and {count} more</source>
   <translation>and {count} more</translation>
  </message>
  <message>
   <source>and {count} more for the same reason</source>
   <translation>and {count} more for the same reason</translation>
  </message>
  <message>
   <source>any moment</source>
   <translation>any moment</translation>
  </message>
  <message>
   <source>change of the checklist</source>
   <translation>change of the checklist</translation>
  </message>
  <message>
   <source>chevron-down</source>
   <translation>chevron-down</translation>
  </message>
  <message>
   <source>chevron-left</source>
   <translation>chevron-left</translation>
  </message>
  <message>
   <source>chevron-right</source>
   <translation>chevron-right</translation>
  </message>
  <message>
   <source>choice between images</source>
   <translation>choice between images</translation>
  </message>
  <message>
   <source>contrast</source>
   <translation>contrast</translation>
  </message>
  <message>
   <source>copy</source>
   <translation>copy</translation>
  </message>
  <message>
   <source>deletion</source>
   <translation>deletion</translation>
  </message>
  <message>
   <source>draft</source>
   <translation>draft</translation>
  </message>
  <message>
   <source>eBay</source>
   <translation>eBay</translation>
  </message>
  <message>
   <source>eBay, by secondary sources of November 2026: at least 500 px, 1600 px recommended, at most 12 MB. Not confirmed live</source>
   <translation>eBay, by secondary sources of November 2026: at least 500 px, 1600 px recommended, at most 12 MB. Not confirmed live</translation>
  </message>
  <message>
   <source>ellipsis</source>
   <translation>ellipsis</translation>
  </message>
  <message>
   <source>everything stays on this computer</source>
   <translation>everything stays on this computer</translation>
  </message>
  <message>
   <source>flag</source>
   <translation>flag</translation>
  </message>
  <message>
   <source>folders and file names</source>
   <translation>folders and file names</translation>
  </message>
  <message>
   <source>free</source>
   <translation>free</translation>
  </message>
  <message>
   <source>from {price}</source>
   <translation>from {price}</translation>
  </message>
  <message>
   <source>hero</source>
   <translation>hero</translation>
  </message>
  <message>
   <source>image {at} of {all}</source>
   <translation>image {at} of {all}</translation>
  </message>
  <message>
   <source>lead</source>
   <translation>lead</translation>
  </message>
  <message>
   <source>leaves {left} of {budget}</source>
   <translation>leaves {left} of {budget}</translation>
  </message>
  <message>
   <source>less than a minute left</source>
   <translation>less than a minute left</translation>
  </message>
  <message>
   <source>list-filter</source>
   <translation>list-filter</translation>
  </message>
  <message>
   <source>long side</source>
   <translation>long side</translation>
  </message>
  <message>
   <source>made on this computer</source>
   <translation>made on this computer</translation>
  </message>
  <message>
   <source>maximize</source>
   <translation>maximize</translation>
  </message>
  <message>
   <source>minus</source>
   <translation>minus</translation>
  </message>
  <message>
   <source>mixed</source>
   <translation>mixed</translation>
  </message>
  <message>
   <source>names of people and computers, but for the creator and copyright that you state</source>
   <translation>names of people and computers, but for the creator and copyright that you state</translation>
  </message>
  <message>
   <source>nothing: all of it is on this computer only</source>
   <translation>nothing: all of it is on this computer only</translation>
  </message>
  <message>
   <source>picked</source>
   <translation>picked</translation>
  </message>
  <message>
   <source>plus</source>
   <translation>plus</translation>
  </message>
  <message>
   <source>prompts</source>
   <translation>prompts</translation>
  </message>
  <message>
   <source>rating</source>
   <translation>rating</translation>
  </message>
  <message>
   <source>rejected</source>
   <translation>rejected</translation>
  </message>
  <message>
   <source>rotate-ccw</source>
   <translation>rotate-ccw</translation>
  </message>
  <message>
   <source>search</source>
   <translation>search</translation>
  </message>
  <message>
   <source>settings</source>
   <translation>settings</translation>
  </message>
  <message>
   <source>some minutes</source>
   <translation>some minutes</translation>
  </message>
  <message>
   <source>the receipt of the deletion, which names dates and numbers only</source>
   <translation>the receipt of the deletion, which names dates and numbers only</translation>
  </message>
  <message>
   <source>time left: {time}</source>
   <translation>time left: {time}</translation>
  </message>
  <message>
   <source>trash-2</source>
   <translation>trash-2</translation>
  </message>
  <message>
   <source>where or with which camera a picture was taken</source>
   <translation>where or with which camera a picture was taken</translation>
  </message>
  <message>
   <source>zoom-in</source>
   <translation>zoom-in</translation>
  </message>
  <message>
   <source>{"exit_code": 1, "document": {}}</source>
   <translation>{"exit_code": 1, "document": {}}</translation>
  </message>
  <message>
   <source>{count} angles</source>
   <translation>{count} angles</translation>
  </message>
  <message>
   <source>{count} are 3D files{suffixes}</source>
   <translation>{count} are 3D files{suffixes}</translation>
  </message>
  <message>
   <source>{count} are damaged</source>
   <translation>{count} are damaged</translation>
  </message>
  <message>
   <source>{count} are empty</source>
   <translation>{count} are empty</translation>
  </message>
  <message>
   <source>{count} are not pictures</source>
   <translation>{count} are not pictures</translation>
  </message>
  <message>
   <source>{count} are not there any more</source>
   <translation>{count} are not there any more</translation>
  </message>
  <message>
   <source>{count} are too large</source>
   <translation>{count} are too large</translation>
  </message>
  <message>
   <source>{count} are too narrow</source>
   <translation>{count} are too narrow</translation>
  </message>
  <message>
   <source>{count} are too small</source>
   <translation>{count} are too small</translation>
  </message>
  <message>
   <source>{count} cannot be read</source>
   <translation>{count} cannot be read</translation>
  </message>
  <message>
   <source>{count} cannot be read ({ends}) and will be skipped</source>
   <translation>{count} cannot be read ({ends}) and will be skipped</translation>
  </message>
  <message>
   <source>{count} cannot be used</source>
   <translation>{count} cannot be used</translation>
  </message>
  <message>
   <source>{count} could not be written.</source>
   <translation>{count} could not be written.</translation>
  </message>
  <message>
   <source>{count} details need your eye: {what}.</source>
   <translation>{count} details need your eye: {what}.</translation>
  </message>
  <message>
   <source>{count} done in the last day</source>
   <translation>{count} done in the last day</translation>
  </message>
  <message>
   <source>{count} drafts · nothing is sent</source>
   <translation>{count} drafts · nothing is sent</translation>
  </message>
  <message>
   <source>{count} exported files</source>
   <translation>{count} exported files</translation>
  </message>
  <message>
   <source>{count} files</source>
   <translation>{count} files</translation>
  </message>
  <message>
   <source>{count} files were skipped</source>
   <translation>{count} files were skipped</translation>
  </message>
  <message>
   <source>{count} files were skipped.</source>
   <translation>{count} files were skipped.</translation>
  </message>
  <message>
   <source>{count} files, about {size}</source>
   <translation>{count} files, about {size}</translation>
  </message>
  <message>
   <source>{count} folders</source>
   <translation>{count} folders</translation>
  </message>
  <message>
   <source>{count} images</source>
   <translation>{count} images</translation>
  </message>
  <message>
   <source>{count} images are done</source>
   <translation>{count} images are done</translation>
  </message>
  <message>
   <source>{count} images are not done yet.</source>
   <translation>{count} images are not done yet.</translation>
  </message>
  <message>
   <source>{count} images copied</source>
   <translation>{count} images copied</translation>
  </message>
  <message>
   <source>{count} images copied.</source>
   <translation>{count} images copied.</translation>
  </message>
  <message>
   <source>{count} images deleted.</source>
   <translation>{count} images deleted.</translation>
  </message>
  <message>
   <source>{count} images exported.</source>
   <translation>{count} images exported.</translation>
  </message>
  <message>
   <source>{count} images fit.</source>
   <translation>{count} images fit.</translation>
  </message>
  <message>
   <source>{count} images need you. The first: {why}</source>
   <translation>{count} images need you. The first: {why}</translation>
  </message>
  <message>
   <source>{count} images not made yet</source>
   <translation>{count} images not made yet</translation>
  </message>
  <message>
   <source>{count} images of {name} selected</source>
   <translation>{count} images of {name} selected</translation>
  </message>
  <message>
   <source>{count} images selected</source>
   <translation>{count} images selected</translation>
  </message>
  <message>
   <source>{count} images wait for a key</source>
   <translation>{count} images wait for a key</translation>
  </message>
  <message>
   <source>{count} images wait for credit</source>
   <translation>{count} images wait for credit</translation>
  </message>
  <message>
   <source>{count} images wait for the budget</source>
   <translation>{count} images wait for the budget</translation>
  </message>
  <message>
   <source>{count} images wait for the network</source>
   <translation>{count} images wait for the network</translation>
  </message>
  <message>
   <source>{count} is a 3D file{suffixes}</source>
   <translation>{count} is a 3D file{suffixes}</translation>
  </message>
  <message>
   <source>{count} is damaged</source>
   <translation>{count} is damaged</translation>
  </message>
  <message>
   <source>{count} is empty</source>
   <translation>{count} is empty</translation>
  </message>
  <message>
   <source>{count} is not a picture</source>
   <translation>{count} is not a picture</translation>
  </message>
  <message>
   <source>{count} is not there any more</source>
   <translation>{count} is not there any more</translation>
  </message>
  <message>
   <source>{count} is too large</source>
   <translation>{count} is too large</translation>
  </message>
  <message>
   <source>{count} is too narrow</source>
   <translation>{count} is too narrow</translation>
  </message>
  <message>
   <source>{count} is too small</source>
   <translation>{count} is too small</translation>
  </message>
  <message>
   <source>{count} metals</source>
   <translation>{count} metals</translation>
  </message>
  <message>
   <source>{count} models</source>
   <translation>{count} models</translation>
  </message>
  <message>
   <source>{count} names are taken: saved as {name} and so on</source>
   <translation>{count} names are taken: saved as {name} and so on</translation>
  </message>
  <message>
   <source>{count} need you</source>
   <translation>{count} need you</translation>
  </message>
  <message>
   <source>{count} pictures added.</source>
   <translation>{count} pictures added.</translation>
  </message>
  <message>
   <source>{count} pieces</source>
   <translation>{count} pieces</translation>
  </message>
  <message>
   <source>{count} pieces deleted.</source>
   <translation>{count} pieces deleted.</translation>
  </message>
  <message>
   <source>{count} pieces have a detail to check. You can generate anyway.</source>
   <translation>{count} pieces have a detail to check. You can generate anyway.</translation>
  </message>
  <message>
   <source>{count} previews</source>
   <translation>{count} previews</translation>
  </message>
  <message>
   <source>{count} references</source>
   <translation>{count} references</translation>
  </message>
  <message>
   <source>{count} rendering</source>
   <translation>{count} rendering</translation>
  </message>
  <message>
   <source>{count} scenes</source>
   <translation>{count} scenes</translation>
  </message>
  <message>
   <source>{count} stars</source>
   <translation>{count} stars</translation>
  </message>
  <message>
   <source>{count} texts</source>
   <translation>{count} texts</translation>
  </message>
  <message>
   <source>{count} values</source>
   <translation>{count} values</translation>
  </message>
  <message>
   <source>{count} wait</source>
   <translation>{count} wait</translation>
  </message>
  <message>
   <source>{count} waiting</source>
   <translation>{count} waiting</translation>
  </message>
  <message>
   <source>{count} were there already.</source>
   <translation>{count} were there already.</translation>
  </message>
  <message>
   <source>{deed} · {price}</source>
   <translation>{deed} · {price}</translation>
  </message>
  <message>
   <source>{deed}: {image}</source>
   <translation>{deed}: {image}</translation>
  </message>
  <message>
   <source>{does}: {keys}. Change</source>
   <translation>{does}: {keys}. Change</translation>
  </message>
  <message>
   <source>{done} of {total} images done</source>
   <translation>{done} of {total} images done</translation>
  </message>
  <message>
   <source>{engine} is no longer offered.</source>
   <translation>{engine} is no longer offered.</translation>
  </message>
  <message>
   <source>{engine} is not connected. Nothing is sent.</source>
   <translation>{engine} is not connected. Nothing is sent.</translation>
  </message>
  <message>
   <source>{factors} = {count}</source>
   <translation>{factors} = {count}</translation>
  </message>
  <message>
   <source>{fact} unknown</source>
   <translation>{fact} unknown</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation>{hours} h {minutes} min</translation>
  </message>
  <message>
   <source>{how_far}. {trouble}</source>
   <translation>{how_far}. {trouble}</translation>
  </message>
  <message>
   <source>{images} · {count} selected</source>
   <translation>{images} · {count} selected</translation>
  </message>
  <message>
   <source>{images} × {each} = {total}</source>
   <translation>{images} × {each} = {total}</translation>
  </message>
  <message>
   <source>{key} belongs to a menu and stays there.</source>
   <translation>{key} belongs to a menu and stays there.</translation>
  </message>
  <message>
   <source>{key} is used by “{does}”, which would have no key then.</source>
   <translation>{key} is used by “{does}”, which would have no key then.</translation>
  </message>
  <message>
   <source>{key} is used by “{does}”.</source>
   <translation>{key} is used by “{does}”.</translation>
  </message>
  <message>
   <source>{licence}. Its text is kept by its makers.</source>
   <translation>{licence}. Its text is kept by its makers.</translation>
  </message>
  <message>
   <source>{money} reserved</source>
   <translation>{money} reserved</translation>
  </message>
  <message>
   <source>{money}, not settled yet</source>
   <translation>{money}, not settled yet</translation>
  </message>
  <message>
   <source>{name} ({expected} asked, {seen} seen)</source>
   <translation>{name} ({expected} asked, {seen} seen)</translation>
  </message>
  <message>
   <source>{name} ({seen} in common)</source>
   <translation>{name} ({seen} in common)</translation>
  </message>
  <message>
   <source>{name} is folded, {count} inside</source>
   <translation>{name} is folded, {count} inside</translation>
  </message>
  <message>
   <source>{name} is shown, {count}</source>
   <translation>{name} is shown, {count}</translation>
  </message>
  <message>
   <source>{name}, modified</source>
   <translation>{name}, modified</translation>
  </message>
  <message>
   <source>{name}, written into every file</source>
   <translation>{name}, written into every file</translation>
  </message>
  <message>
   <source>{name}: keep the key</source>
   <translation>{name}: keep the key</translation>
  </message>
  <message>
   <source>{name}: {what}</source>
   <translation>{name}: {what}</translation>
  </message>
  <message>
   <source>{number}</source>
   <translation>{number}</translation>
  </message>
  <message>
   <source>{number} % piece</source>
   <translation>{number} % piece</translation>
  </message>
  <message>
   <source>{number} of {count}</source>
   <translation>{number} of {count}</translation>
  </message>
  <message>
   <source>{number} of {count} selected</source>
   <translation>{number} of {count} selected</translation>
  </message>
  <message>
   <source>{number} px</source>
   <translation>{number} px</translation>
  </message>
  <message>
   <source>{number} quality</source>
   <translation>{number} quality</translation>
  </message>
  <message>
   <source>{number} stars</source>
   <translation>{number} stars</translation>
  </message>
  <message>
   <source>{percent} %</source>
   <translation>{percent} %</translation>
  </message>
  <message>
   <source>{percent} % of budget, leaves {left}</source>
   <translation>{percent} % of budget, leaves {left}</translation>
  </message>
  <message>
   <source>{percent} % of this month’s budget are used. At 100 % nothing more is sent.</source>
   <translation>{percent} % of this month’s budget are used. At 100 % nothing more is sent.</translation>
  </message>
  <message>
   <source>{percent} % of {budget}</source>
   <translation>{percent} % of {budget}</translation>
  </message>
  <message>
   <source>{scene} cannot be made as a draft. Choose a paid engine for it.</source>
   <translation>{scene} cannot be made as a draft. Choose a paid engine for it.</translation>
  </message>
  <message>
   <source>{services} are sent what they work on</source>
   <translation>{services} are sent what they work on</translation>
  </message>
  <message>
   <source>{service} is sent what it works on</source>
   <translation>{service} is sent what it works on</translation>
  </message>
  <message>
   <source>{size} free for the library</source>
   <translation>{size} free for the library</translation>
  </message>
  <message>
   <source>{size} px</source>
   <translation>{size} px</translation>
  </message>
  <message>
   <source>{size} px {format}</source>
   <translation>{size} px {format}</translation>
  </message>
  <message>
   <source>{source}, {percent} sure.</source>
   <translation>{source}, {percent} sure.</translation>
  </message>
  <message>
   <source>{source}. Compared {day}.</source>
   <translation>{source}. Compared {day}.</translation>
  </message>
  <message>
   <source>{spent} spent and {reserved} reserved this month, of {budget}.</source>
   <translation>{spent} spent and {reserved} reserved this month, of {budget}.</translation>
  </message>
  <message>
   <source>{spent} spent and {reserved} reserved this month.</source>
   <translation>{spent} spent and {reserved} reserved this month.</translation>
  </message>
  <message>
   <source>{spent} this month</source>
   <translation>{spent} this month</translation>
  </message>
  <message>
   <source>{title}_{metal}_{scene}_{nn}.png</source>
   <translation>{title}_{metal}_{scene}_{nn}.png</translation>
  </message>
  <message>
   <source>{work}: done by</source>
   <translation>{work}: done by</translation>
  </message>
  <message>
   <source>{worn}, on a person whose skin and pose look natural</source>
   <translation>{worn}, on a person whose skin and pose look natural</translation>
  </message>
  <message>
   <source>© Studio name</source>
   <translation>© Studio name</translation>
  </message>
  <message>
   <source>“{title}” deleted.</source>
   <translation>“{title}” deleted.</translation>
  </message>
 </context>
</TS>
